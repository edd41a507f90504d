import { endOtherSessions } from '#db/repositories/sessions'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.endOtherSessions, async ({ db, params, session, report }) => {
  const ended = await endOtherSessions(db, params, session.id)
  if (ended > 0) report('session_ended', { reason: 'revoked', count: ended })
  return { ended }
})
