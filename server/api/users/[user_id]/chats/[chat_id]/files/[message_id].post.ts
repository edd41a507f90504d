import * as contract from '#server/contracts/files'
import { addFiles } from '#db/repositories/files'
import { presentFile } from '#server/presenters/file'
import { describeFile } from '#server/services/describe-file'
import { defineUpload } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineUpload(contract.addFiles, async ({ event, db, user, params, body }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  const described = await Promise.all(body.items.map(file => describeFile(file, file.content)))
  const files = await addFiles(db, { id: params.message_id, chat }, described)
  const fileUrl = fileUrls(event)
  const chatFiles = files.map(file => presentFile(file, fileUrl))
  return body.many ? { chatFiles } : { chatFile: chatFiles[0]! }
})
