import { createSessionCookie } from '#server/auth/session-cookie'
import { signUp } from '#server/auth/sign-in'
import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.signUp, async ({ db, headers, body, setCookie }) => {
  const { token, ...signedIn } = await signUp(db, body, headers['user-agent'])
  setCookie(createSessionCookie(token))
  return signedIn
})
