import * as contract from '#server/contracts/shares'
import { listWhitelistEntries } from '#db/repositories/shares'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.listWhitelistEntries, async ({ db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return { shareWhitelistEntries: await listWhitelistEntries(db, { id: params.share_id, chat }) }
})
