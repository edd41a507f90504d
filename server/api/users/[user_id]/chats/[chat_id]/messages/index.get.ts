import * as contract from '#server/contracts/messages'
import { listMessages } from '#db/repositories/messages'
import { presentMessage } from '#server/presenters/message'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.listMessages, async ({ event, db, user, params, page }) => {
  const messages = await listMessages(db, { id: params.chat_id, ownerId: user.id }, page.request)
  const fileUrl = fileUrls(event)
  return page.answer('chatMessages', messages.map(message => presentMessage(message, fileUrl)))
})
