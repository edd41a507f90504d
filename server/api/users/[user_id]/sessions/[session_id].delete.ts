import { endSessionById } from '#db/repositories/sessions'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.endSession, async ({ db, params, report }) => {
  const ended = await endSessionById(db, params)
  report('session_ended', { reason: 'revoked' })
  return ended
})
