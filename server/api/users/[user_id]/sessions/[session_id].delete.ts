import * as contract from '#server/contracts/users'
import { endSessionById } from '#db/repositories/sessions'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.endSession, ({ db, user, params }) =>
  endSessionById(db, { id: params.session_id, ownerId: user.id }))
