import { listSessions } from '#db/repositories/sessions'
import { newestFirst } from '#server/contracts/kit/lists'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { readWholeList } from '#server/endpoint/whole-list'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.listSessions, async ({ params, session, views }) => ({
  sessions: await withDatabase(db => readWholeList(db, newestFirst, views.sessions, (db, page) =>
    listSessions(db, params, page, session.id))),
}))
