import { updateAccount } from '#server/auth/update-account'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateUser, async ({ session, body, client, identifyAgain, versions }) =>
  ({ user: await updateAccount(session, body, client, identifyAgain, versions) }))
