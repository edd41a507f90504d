import * as contract from '#server/contracts/messages'
import { deleteMessage } from '#db/repositories/messages'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteMessage, ({ db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return deleteMessage(db, { id: params.message_id, chat })
})
