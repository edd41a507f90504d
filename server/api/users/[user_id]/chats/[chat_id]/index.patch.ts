import * as contract from '#server/contracts/chats'
import { changeChat } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.changeChat, async ({ db, user, params, body }) =>
  ({ chat: await changeChat(db, { id: params.chat_id, ownerId: user.id }, body) }))
