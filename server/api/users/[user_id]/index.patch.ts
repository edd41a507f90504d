import { updateAccount } from '#server/auth/update-account'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateUser, async (request) => {
  const { session, body, client, identifyAgain, versions, report } = request
  const user = await updateAccount(session, body, client, identifyAgain, versions)
  if (body.email !== undefined) report('email_changed')
  if (body.password !== undefined) report('password_changed')
  return { user }
})
