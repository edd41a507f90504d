import { updateMessage } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateMessage, async ({ db, params, body, views, quotas, versions }) =>
  ({ chatMessage: await updateMessage(db, params, body.message, views.chatMessage, quotas, versions) }))
