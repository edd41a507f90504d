import { updateAccount } from '#server/auth/update-account'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateUser, async ({ db, params, session, body }) =>
  ({ user: await updateAccount(db, params, session.id, body) }))
