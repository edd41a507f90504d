import * as contract from '#server/contracts/messages'
import { appendMessages } from '#db/repositories/messages'
import { presentMessage } from '#server/presenters/message'
import { describeFiles } from '#server/services/describe-file'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.appendMessages, async ({ event, db, user, params, body }) => {
  const added = await Promise.all(body.items.map(async message => ({ ...message, files: await describeFiles(message.files) })))
  const messages = await appendMessages(db, { id: params.chat_id, ownerId: user.id }, added)
  const fileUrl = fileUrls(event)
  const chatMessages = messages.map(message => presentMessage(message, fileUrl))
  return body.many ? { chatMessages } : { chatMessage: chatMessages[0]! }
})
