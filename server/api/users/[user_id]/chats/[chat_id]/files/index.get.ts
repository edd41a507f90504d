import * as contract from '#server/contracts/files'
import { listChatFiles } from '#db/repositories/files'
import { presentFile } from '#server/presenters/file'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.listChatFiles, async ({ event, db, user, params, page }) => {
  const files = await listChatFiles(db, { id: params.chat_id, ownerId: user.id }, page.request)
  const fileUrl = fileUrls(event)
  return page.answer('chatFiles', files.map(file => presentFile(file, fileUrl)))
})
