import { listSessions } from '#db/repositories/sessions'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listSessions, async ({ db, params, session }) => {
  const sessions = await listSessions(db, params)
  return { sessions: sessions.map(row => ({ ...row, current: row.id === session.id })) }
})
