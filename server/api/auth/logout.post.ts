import { endSession } from '#db/repositories/sessions'
import { clearedSessionCookie, sessionTokenHash } from '#server/auth/session-cookie'
import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.logOut, async ({ db, cookies, setCookie }) => {
  const tokenHash = sessionTokenHash(cookies)
  const ended = tokenHash ? await endSession(db, tokenHash) : false
  setCookie(clearedSessionCookie)
  return ended
})
