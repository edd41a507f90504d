import type { Message, SharedMessage, TakenBack } from '#db/repositories/messages'
import type { FileUrl } from '#server/utils/links'
import { presentFile } from './file.ts'

/** A message as the contract shows it: its role and its content in both spellings that clients know. */
export function presentMessage<Row extends Message>(message: Row, fileUrl: FileUrl) {
  return {
    ...message,
    actor: message.role as Row['role'],
    message: message.content,
    files: message.files.map(file => presentFile(file, fileUrl)),
  }
}

/** A message as a shared chat shows it. The contract leaves out all ids of users and chats. */
export function presentSharedMessage(message: SharedMessage, fileUrl: FileUrl) {
  return { ...presentMessage(message, fileUrl), timestamp: message.created_at }
}

/** What was taken back from the end of a chat. */
export function presentTakenBack(takenBack: TakenBack, fileUrl: FileUrl) {
  if ('unanswered' in takenBack) return { deletedSuccessfully: takenBack.unanswered, failedToDelete: [] }
  return {
    maybeAssistantMessageToDelete: presentMessage(takenBack.last, fileUrl),
    maybeUserMessageToDelete: takenBack.question && presentMessage(takenBack.question, fileUrl),
  }
}
