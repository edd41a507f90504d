import { listChatFiles } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentFile } from '#server/presenters/file'

export default defineEndpoint(contract.listChatFiles, async ({ db, params, page, fileUrl }) =>
  (await listChatFiles(db, params, page)).map(file => presentFile(file, fileUrl)))
