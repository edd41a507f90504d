import { findChatShare } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getChatShare, async ({ db, params, views }) => {
  const found = await findChatShare(db, params, views.share)
  return found ? { uuid: found.uuid, share: found.share } : null
})
