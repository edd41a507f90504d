import * as contract from '#server/contracts/messages'
import { deleteLastMessages } from '#db/repositories/messages'
import { presentTakenBack } from '#server/presenters/message'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.deleteLastMessages, async ({ event, db, user, params }) => {
  const takenBack = await deleteLastMessages(db, { id: params.chat_id, ownerId: user.id })
  return presentTakenBack(takenBack, fileUrls(event))
})
