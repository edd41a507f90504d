import { getHeader } from 'h3'
import * as contract from '#server/contracts/auth'
import { signUp } from '#server/services/sign-in'
import { defineEndpoint } from '#server/utils/endpoint'
import { setSessionCookie } from '#server/utils/sessions'

export default defineEndpoint(contract.signUp, async ({ event, db, body }) => {
  const { token, ...signedIn } = await signUp(db, body, getHeader(event, 'user-agent'))
  setSessionCookie(event, token)
  return signedIn
})
