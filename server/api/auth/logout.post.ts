import * as contract from '#server/contracts/auth'
import { endSession } from '#db/repositories/sessions'
import { defineEndpoint } from '#server/utils/endpoint'
import { setSessionCookie, tokenHashOf } from '#server/utils/sessions'

export default defineEndpoint(contract.logOut, async ({ event, db }) => {
  const tokenHash = tokenHashOf(event)
  const ended = tokenHash ? await endSession(db, tokenHash) : false
  setSessionCookie(event, '')
  return ended
})
