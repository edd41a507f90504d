import * as contract from '#server/contracts/shares'
import { deleteShare } from '#db/repositories/shares'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteShare, ({ db, user, params }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  return deleteShare(db, { id: params.share_id, chat })
})
