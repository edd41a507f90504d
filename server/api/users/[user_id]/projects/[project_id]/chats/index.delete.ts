import { deleteProjectChats } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { continueDeletions } from '#server/runtime/deletions'

export default defineEndpoint(contract.deleteProjectChats, ({ db, params, body }) =>
  deleteProjectChats(db, params, body.chat_ids).finally(continueDeletions))
