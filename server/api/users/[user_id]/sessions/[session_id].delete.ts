import { endSessionById } from '#db/repositories/sessions'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.endSession, ({ db, params }) => endSessionById(db, params))
