import type { DeletedLastMessages, Message, SharedMessage } from '#db/repositories/messages'
import type { FileUrl } from '#server/files/links'
import { presentFile } from './file.ts'

/** Presents a message, with the aliases of its role and content. */
export function presentMessage<Row extends Message>(message: Row, fileUrl: FileUrl) {
  return {
    ...message,
    actor: message.role as Row['role'],
    message: message.content,
    files: message.files.map(file => presentFile(file, fileUrl)),
  }
}

/** Presents a message of a shared chat. */
export function presentSharedMessage(message: SharedMessage, fileUrl: FileUrl) {
  return { ...presentMessage(message, fileUrl), timestamp: message.created_at }
}

/** Presents the messages that `deleteLastMessages` deleted. */
export function presentDeletedLastMessages(deleted: DeletedLastMessages, fileUrl: FileUrl) {
  if ('unanswered' in deleted) return { deletedSuccessfully: deleted.unanswered, failedToDelete: [] }
  return {
    maybeAssistantMessageToDelete: presentMessage(deleted.last, fileUrl),
    maybeUserMessageToDelete: deleted.question && presentMessage(deleted.question, fileUrl),
  }
}
