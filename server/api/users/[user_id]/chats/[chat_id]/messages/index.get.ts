import { listMessages } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentMessage } from '#server/presenters/message'

export default defineEndpoint(contract.listMessages, async ({ db, params, page, fileUrl }) =>
  (await listMessages(db, params, page)).map(message => presentMessage(message, fileUrl)))
