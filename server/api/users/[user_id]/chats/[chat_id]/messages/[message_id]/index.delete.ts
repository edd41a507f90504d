import { deleteMessage } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteMessage, ({ db, params, versions }) =>
  deleteMessage(db, params, versions))
