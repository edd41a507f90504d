import { createSessionCookie, readTokenKey } from '#server/auth/session-cookie'
import { logIn } from '#server/auth/sign-in'
import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.logIn, async ({ client, body, setCookie, report }) => {
  const { token, ...signedIn } = await logIn(body, client, readTokenKey(client.cookies))
  setCookie(createSessionCookie(token))
  report('logged_in', { user_id: signedIn.user.id })
  return signedIn
})
