import * as contract from '#server/contracts/shares'
import { createShare } from '#db/repositories/shares'
import { presentShare } from '#server/presenters/share'
import { defineEndpoint } from '#server/utils/endpoint'
import { baseUrlOf } from '#server/utils/links'
import { hashPassword } from '#server/utils/passwords'

export default defineEndpoint(contract.createShare, async ({ event, db, user, params, body }) => {
  const { password, is_shared, expires_at, emails } = body
  const password_hash = password === undefined ? null : await hashPassword(password)
  const share = await createShare(db, { id: params.chat_id, ownerId: user.id }, { password_hash, is_shared, expires_at, emails })
  return { share: presentShare(share, baseUrlOf(event)) }
})
