import { getMessage } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getMessage, async ({ db, params, views }) =>
  ({ chatMessage: await getMessage(db, params, views.chatMessage) }))
