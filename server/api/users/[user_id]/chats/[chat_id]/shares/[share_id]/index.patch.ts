import { updateShare } from '#db/repositories/shares'
import { assertSession } from '#server/auth/assert-session'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.updateShare, async (request) => {
  const { params, body, client, identifyAgain, views, versions } = request
  const { password, ...changes } = body
  const password_hash = password ? await hashPassword(password, client) : password
  if (password_hash) await assertSession(identifyAgain)
  const share = await withDatabase(db =>
    updateShare(db, params, { ...changes, password_hash }, views.share, versions))
  return { share }
})
