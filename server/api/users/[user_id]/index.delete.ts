import { deleteUser } from '#db/repositories/users'
import { clearedSessionCookie } from '#server/auth/session-cookie'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { continueDeletions } from '#server/runtime/deletions'

export default defineEndpoint(contract.deleteUser, async ({ db, params, setCookie, versions, report }) => {
  const deleted = await deleteUser(db, params, versions).finally(continueDeletions)
  setCookie(clearedSessionCookie)
  report('account_deleted')
  return deleted
})
