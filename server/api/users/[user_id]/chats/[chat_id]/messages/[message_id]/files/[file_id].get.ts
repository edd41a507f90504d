import { getFile } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getFile, async ({ db, params, views }) =>
  ({ chatFile: await getFile(db, params, views.chatFile) }))
