import * as contract from '#server/contracts/users'
import { deleteUser } from '#db/repositories/users'
import { defineEndpoint } from '#server/utils/endpoint'
import { setSessionCookie } from '#server/utils/sessions'

export default defineEndpoint(contract.deleteUser, async ({ event, db, user }) => {
  const deleted = await deleteUser(db, user.id)
  setSessionCookie(event, '')
  return deleted
})
