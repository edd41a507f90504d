import { appendMessages } from '#db/repositories/append-messages'
import { getMessage, listMessagesById } from '#db/repositories/messages'
import { oldestFirst } from '#server/contracts/kit/lists'
import * as contract from '#server/contracts/messages'
import { defineCreation } from '#server/endpoint/define-creation'
import { readWholeList } from '#server/endpoint/whole-list'
import { describeFiles } from '#server/files/describe-file'
import { presentMessage } from '#server/presenters/message'

export default defineCreation(contract.appendMessages, {
  prepare: ({ body }) => Promise.all(body.items.map(async ({ message, actor, files }) =>
    ({ content: message, role: actor, files: await describeFiles(files) }))),
  async create({ db, params, body, links, quotas }, added) {
    const messages = await appendMessages(db, params, added, quotas)
    const chatMessages = messages.map(message => presentMessage(message, links))
    return {
      ids: messages.map(({ id }) => id),
      result: body.many ? { chatMessages } : { chatMessage: chatMessages[0]! },
    }
  },
  async read({ db, params, body, views }, ids) {
    if (!body.many)
      return { chatMessage: await getMessage(db, { ...params, message_id: ids[0]! }, views.chatMessage) }
    const chatMessages = await readWholeList(db, oldestFirst, views.chatMessages, (db, page) =>
      listMessagesById(db, params, ids, page))
    return { chatMessages }
  },
})
