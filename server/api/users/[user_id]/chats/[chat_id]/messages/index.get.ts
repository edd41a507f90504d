import { listMessages } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listMessages, ({ db, params, page }) => listMessages(db, params, page))
