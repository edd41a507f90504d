import { listWhitelistEntries } from '#db/repositories/whitelists'
import * as contract from '#server/contracts/shares'
import { oldestFirst } from '#server/contracts/kit/lists'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { readWholeList } from '#server/endpoint/whole-list'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.listWhitelistEntries, async ({ params, views }) => ({
  shareWhitelistEntries: await withDatabase(db =>
    readWholeList(db, oldestFirst, views.shareWhitelistEntries, (db, page) => listWhitelistEntries(db, params, page))),
}))
