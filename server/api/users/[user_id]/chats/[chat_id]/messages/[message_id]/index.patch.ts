import * as contract from '#server/contracts/messages'
import { changeMessage } from '#db/repositories/messages'
import { presentMessage } from '#server/presenters/message'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.changeMessage, async ({ event, db, user, params, body }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return { chatMessage: presentMessage(await changeMessage(db, { id: params.message_id, chat }, body.content), fileUrls(event)) }
})
