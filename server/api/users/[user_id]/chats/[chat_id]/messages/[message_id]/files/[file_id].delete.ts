import { deleteFile } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteFile, ({ db, params, versions }) => deleteFile(db, params, versions))
