import type { Links } from '#db/json-row'
import type { Message } from '#db/repositories/append-messages'
import { presentFile } from './file.ts'

/** Presents a message that has been appended, with the aliases of its role and content. */
export function presentMessage(message: Message, links: Links) {
  return {
    ...message,
    actor: message.role,
    message: message.content,
    files: message.files.map(file => presentFile(file, links)),
  }
}
