import { deleteLastMessages } from '#db/repositories/messages'
import * as contract from '#server/contracts/messages'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteLastMessages, async ({ db, params, views }) => {
  const deleted = await deleteLastMessages(db, params, views.maybeAssistantMessageToDelete)
  if ('unanswered' in deleted) return { deletedSuccessfully: deleted.unanswered, failedToDelete: [] }
  return { maybeAssistantMessageToDelete: deleted.last, maybeUserMessageToDelete: deleted.question }
})
