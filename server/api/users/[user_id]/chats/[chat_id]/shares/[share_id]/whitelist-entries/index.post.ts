import * as contract from '#server/contracts/shares'
import { addWhitelistEntries } from '#db/repositories/shares'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.addWhitelistEntries, async ({ db, user, params, body }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return { shareWhitelistEntries: await addWhitelistEntries(db, { id: params.share_id, chat }, body.emails) }
})
