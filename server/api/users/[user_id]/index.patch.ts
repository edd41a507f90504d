import * as contract from '#server/contracts/users'
import { changeAccount } from '#server/services/change-account'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.changeUser, async ({ db, session, body }) =>
  ({ user: await changeAccount(db, session, body) }))
