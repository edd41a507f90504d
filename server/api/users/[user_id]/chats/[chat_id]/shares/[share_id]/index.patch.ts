import { updateShare } from '#db/repositories/shares'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateShare, async ({ db, params, body, views }) => {
  const { password, ...changes } = body
  const password_hash = password ? await hashPassword(password) : password
  const share = await updateShare(db, params, { ...changes, password_hash }, views.share)
  return { share }
})
