import { appendMessages } from '#db/repositories/append-messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { describeFiles } from '#server/files/describe-file'
import { presentMessage } from '#server/presenters/message'

export default defineEndpoint(contract.appendMessages, async ({ db, params, body, links, quotas }) => {
  const added = body.items.map(async ({ message, actor, files }) =>
    ({ content: message, role: actor, files: await describeFiles(files) }))
  const messages = await appendMessages(db, params, await Promise.all(added), quotas)
  const chatMessages = messages.map(message => presentMessage(message, links))
  return body.many ? { chatMessages } : { chatMessage: chatMessages[0]! }
})
