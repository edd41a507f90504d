import { createShare } from '#db/repositories/shares'
import { assertSession } from '#server/auth/assert-session'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentShare } from '#server/presenters/share'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.createShare, async (request) => {
  const { params, body, client, identifyAgain, links } = request
  const { password = null, is_shared, is_protected, expires_at, emails } = body
  const password_hash = password === null ? null : await hashPassword(password, client)
  if (password_hash) await assertSession(identifyAgain)
  // Protected by nothing else, it admits only the owner.
  const whitelist = emails ?? (is_protected && !password_hash ? [] : undefined)
  const newShare = { password_hash, is_shared, expires_at, emails: whitelist }
  const share = await withDatabase(db => createShare(db, params, newShare))
  return { share: presentShare(share, links) }
})
