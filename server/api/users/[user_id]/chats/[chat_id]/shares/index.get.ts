import { findChatShare } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentShare } from '#server/presenters/share'

export default defineEndpoint(contract.getChatShare, async ({ db, params, baseUrl }) => {
  const share = await findChatShare(db, params)
  return share ? { uuid: share.uuid, share: presentShare(share, baseUrl) } : null
})
