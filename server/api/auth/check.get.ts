import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.checkSession, ({ session: { user, created_at, expires_at } }) =>
  ({ user, loggedInAt: created_at, expires_at }))
