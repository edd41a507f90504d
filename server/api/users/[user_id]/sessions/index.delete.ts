import { endOtherSessions } from '#db/repositories/sessions'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.endOtherSessions, async ({ db, params, session }) =>
  ({ ended: await endOtherSessions(db, params, session.id) }))
