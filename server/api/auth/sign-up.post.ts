import { createSessionCookie, readTokenKey } from '#server/auth/session-cookie'
import { signUp } from '#server/auth/sign-in'
import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.signUp, async ({ client, body, setCookie, report }) => {
  const { token, ...signedIn } = await signUp(body, client, readTokenKey(client.cookies))
  setCookie(createSessionCookie(token))
  report('signed_up', { user_id: signedIn.user.id })
  return signedIn
})
