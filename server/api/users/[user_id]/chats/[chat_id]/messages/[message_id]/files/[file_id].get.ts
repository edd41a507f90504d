import { getFile } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentFile } from '#server/presenters/file'

export default defineEndpoint(contract.getFile, async ({ db, params, fileUrl }) =>
  ({ chatFile: presentFile(await getFile(db, params), fileUrl) }))
