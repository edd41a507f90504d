import * as contract from '#server/contracts/shares'
import { getShare } from '#db/repositories/shares'
import { presentShare } from '#server/presenters/share'
import { defineEndpoint } from '#server/utils/endpoint'
import { baseUrlOf } from '#server/utils/links'

export default defineEndpoint(contract.getShare, async ({ event, db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return { share: presentShare(await getShare(db, { id: params.share_id, chat }), baseUrlOf(event)) }
})
