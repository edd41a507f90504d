import { listChatFiles } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listChatFiles, ({ db, params, page }) => listChatFiles(db, params, page))
