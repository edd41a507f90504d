import * as contract from '#server/contracts/shares'
import { deleteWhitelistEntry } from '#db/repositories/shares'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteWhitelistEntry, ({ db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return deleteWhitelistEntry(db, { id: params.share_id, chat }, params.entry_id)
})
