import { createShare } from '#db/repositories/shares'
import { assertSession } from '#server/auth/assert-session'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentShare } from '#server/presenters/share'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.createShare, async (request) => {
  const { params, body, client, identifyAgain, links } = request
  const { password, is_shared, expires_at, emails } = body
  const password_hash = password === undefined ? null : await hashPassword(password, client)
  if (password_hash) await assertSession(identifyAgain)
  const newShare = { password_hash, is_shared, expires_at, emails }
  const share = await withDatabase(db => createShare(db, params, newShare))
  return { share: presentShare(share, links) }
})
