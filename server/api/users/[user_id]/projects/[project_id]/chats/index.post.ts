import { createProjectChat, getChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineCreation } from '#server/endpoint/define-creation'

export default defineCreation(contract.createProjectChat, {
  async create({ db, params, body, quotas }) {
    const chat = await createProjectChat(db, params, body, quotas)
    return { ids: [chat.id], result: { chat } }
  },
  read: async ({ db, params, views }, [chat_id]) =>
    ({ chat: await getChat(db, { ...params, chat_id: chat_id! }, views.chat) }),
})
