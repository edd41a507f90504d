import * as contract from '#server/contracts/messages'
import { getMessage } from '#db/repositories/messages'
import { presentMessage } from '#server/presenters/message'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.getMessage, async ({ event, db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return { chatMessage: presentMessage(await getMessage(db, { id: params.message_id, chat }), fileUrls(event)) }
})
