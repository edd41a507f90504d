import { deleteLastMessages } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentDeletedLastMessages } from '#server/presenters/message'

export default defineEndpoint(contract.deleteLastMessages, async ({ db, params, fileUrl }) =>
  presentDeletedLastMessages(await deleteLastMessages(db, params), fileUrl))
