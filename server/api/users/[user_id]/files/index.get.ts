import { listUserFiles } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentFile } from '#server/presenters/file'

export default defineEndpoint(contract.listUserFiles, async ({ db, params, page, fileUrl }) =>
  (await listUserFiles(db, params, page)).map(file => presentFile(file, fileUrl)))
