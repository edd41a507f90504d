import { updateShare } from '#db/repositories/shares'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.updateShare, async ({ params, body, client, views }) => {
  const { password, ...changes } = body
  const password_hash = password ? await hashPassword(password, client.signal) : password
  const share = await withDatabase(db => updateShare(db, params, { ...changes, password_hash }, views.share))
  return { share }
})
