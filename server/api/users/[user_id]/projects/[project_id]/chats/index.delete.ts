import * as contract from '#server/contracts/chats'
import { deleteChats } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteProjectChats, ({ db, user, params, body }) =>
  deleteChats(db, user.id, body.chat_ids, params.project_id))
