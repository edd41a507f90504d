import * as contract from '#server/contracts/users'
import { endOtherSessions } from '#db/repositories/sessions'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.endOtherSessions, async ({ db, user, session }) =>
  ({ ended: await endOtherSessions(db, { id: session.id, ownerId: user.id }) }))
