import { createSessionCookie, readTokenKey } from '#server/auth/session-cookie'
import { signUp } from '#server/auth/sign-in'
import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.signUp, async ({ client, cookies, body, setCookie }) => {
  const { token, ...signedIn } = await signUp(body, client, readTokenKey(cookies))
  setCookie(createSessionCookie(token))
  return signedIn
})
