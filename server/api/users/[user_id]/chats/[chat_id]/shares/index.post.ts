import { createShare, getShare } from '#db/repositories/shares'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.createShare, async ({ params, body, client, views }) => {
  const { password, is_shared, expires_at, emails } = body
  const password_hash = password === undefined ? null : await hashPassword(password, client.signal)
  return withDatabase(async (db) => {
    const { id: share_id } = await createShare(db, params, { password_hash, is_shared, expires_at, emails })
    return { share: await getShare(db, { ...params, share_id }, views.share) }
  })
})
