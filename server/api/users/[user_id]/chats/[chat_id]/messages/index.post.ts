import { appendMessages } from '#db/repositories/append-messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { describeMessageFiles } from '#server/files/describe-file'
import { presentMessage } from '#server/presenters/message'

export default defineEndpoint(contract.appendMessages, async ({ db, params, body, links, quotas }) => {
  const messages = await appendMessages(db, params, await Promise.all(body.items.map(describeMessageFiles)), quotas)
  const chatMessages = messages.map(message => presentMessage(message, links))
  return body.many ? { chatMessages } : { chatMessage: chatMessages[0]! }
})
