import { createShare } from '#db/repositories/shares'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentShare } from '#server/presenters/share'

export default defineEndpoint(contract.createShare, async ({ db, params, body, baseUrl }) => {
  const { password, is_shared, expires_at, emails } = body
  const password_hash = password === undefined ? null : await hashPassword(password)
  const share = await createShare(db, params, { password_hash, is_shared, expires_at, emails })
  return { share: presentShare(share, baseUrl) }
})
