import * as contract from '#server/contracts/files'
import { addFiles } from '#db/repositories/files'
import { presentFile } from '#server/presenters/file'
import { describeFiles } from '#server/services/describe-file'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.addFiles, async ({ event, db, user, params, body }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  const files = await addFiles(db, { id: params.message_id, chat }, await describeFiles(body.items))
  const fileUrl = fileUrls(event)
  const chatFiles = files.map(file => presentFile(file, fileUrl))
  return body.many ? { chatFiles } : { chatFile: chatFiles[0]! }
})
