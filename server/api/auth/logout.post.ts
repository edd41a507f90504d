import { endSession } from '#db/repositories/sessions'
import { clearedSessionCookie, readTokenKey } from '#server/auth/session-cookie'
import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.logOut, async ({ db, client, setCookie, report }) => {
  const key = readTokenKey(client.cookies)
  const ended = key ? await endSession(db, key) : false
  setCookie(clearedSessionCookie)
  if (ended) report('session_ended', { user_id: key?.user_id, reason: 'logout' })
  return ended
})
