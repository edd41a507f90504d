import * as contract from '#server/contracts/chats'
import { deleteChats } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteChat, ({ db, user, params }) =>
  deleteChats(db, user.id, [params.chat_id]))
