import { deleteChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { continueDeletions } from '#server/runtime/deletions'

export default defineEndpoint(contract.deleteChat, ({ db, params, versions }) =>
  deleteChat(db, params, versions).finally(continueDeletions))
