import { listUserFiles } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listUserFiles, ({ db, params, page }) => listUserFiles(db, params, page))
