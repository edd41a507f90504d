import * as contract from '#server/contracts/files'
import { listUserFiles } from '#db/repositories/files'
import { presentFile } from '#server/presenters/file'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.listUserFiles, async ({ event, db, user, page }) => {
  const files = await listUserFiles(db, user.id, page.request)
  const fileUrl = fileUrls(event)
  return page.answer('files', files.map(file => presentFile(file, fileUrl)))
})
