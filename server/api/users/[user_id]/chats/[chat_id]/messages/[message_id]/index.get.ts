import { getMessage } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentMessage } from '#server/presenters/message'

export default defineEndpoint(contract.getMessage, async ({ db, params, fileUrl }) =>
  ({ chatMessage: presentMessage(await getMessage(db, params), fileUrl) }))
