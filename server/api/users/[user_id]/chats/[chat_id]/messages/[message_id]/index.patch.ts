import { updateMessage } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentMessage } from '#server/presenters/message'

export default defineEndpoint(contract.updateMessage, async ({ db, params, body, fileUrl }) =>
  ({ chatMessage: presentMessage(await updateMessage(db, params, body.content), fileUrl) }))
