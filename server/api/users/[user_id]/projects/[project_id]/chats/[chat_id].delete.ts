import { deleteProjectChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { continueDeletions } from '#server/runtime/deletions'

export default defineEndpoint(contract.deleteProjectChat, ({ db, params, versions }) =>
  deleteProjectChat(db, params, versions).finally(continueDeletions))
