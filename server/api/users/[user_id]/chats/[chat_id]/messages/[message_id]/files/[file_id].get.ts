import * as contract from '#server/contracts/files'
import { getFile } from '#db/repositories/files'
import { presentFile } from '#server/presenters/file'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.getFile, async ({ event, db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  const file = await getFile(db, { id: params.file_id, message: { id: params.message_id, chat } })
  return { chatFile: presentFile(file, fileUrls(event)) }
})
