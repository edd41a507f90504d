import * as contract from '#server/contracts/users'
import { listSessions } from '#db/repositories/sessions'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.listSessions, async ({ db, user, session }) => {
  const sessions = await listSessions(db, user.id)
  return { sessions: sessions.map(row => ({ ...row, current: row.id === session.id })) }
})
