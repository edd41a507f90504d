import * as contract from '#server/contracts/shares'
import { findShareOfChat } from '#db/repositories/shares'
import { presentShare } from '#server/presenters/share'
import { defineEndpoint } from '#server/utils/endpoint'
import { baseUrlOf } from '#server/utils/links'

export default defineEndpoint(contract.getShareOfChat, async ({ event, db, user, params }) => {
  const share = await findShareOfChat(db, { id: params.chat_id, ownerId: user.id })
  return share ? { uuid: share.uuid, share: presentShare(share, baseUrlOf(event)) } : null
})
