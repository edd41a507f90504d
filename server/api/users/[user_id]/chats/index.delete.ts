import { deleteChats } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { continueDeletions } from '#server/runtime/deletions'

export default defineEndpoint(contract.deleteChats, ({ db, params, body }) =>
  deleteChats(db, params, body.chat_ids).finally(continueDeletions))
