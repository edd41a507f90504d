import * as contract from '#server/contracts/files'
import { deleteFile } from '#db/repositories/files'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteFile, ({ db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return deleteFile(db, { id: params.file_id, message: { id: params.message_id, chat } })
})
