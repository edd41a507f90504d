import * as contract from '#server/contracts/auth'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.checkSession, async ({ user, session }) =>
  ({ user, loggedInAt: session.created_at, expires_at: session.expires_at }))
