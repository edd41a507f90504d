import { deleteUser } from '#db/repositories/users'
import { clearedSessionCookie } from '#server/auth/session-cookie'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteUser, async ({ db, params, setCookie }) => {
  const deleted = await deleteUser(db, params)
  setCookie(clearedSessionCookie)
  return deleted
})
