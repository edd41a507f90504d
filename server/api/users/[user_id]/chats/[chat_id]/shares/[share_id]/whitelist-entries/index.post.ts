import { addWhitelistEntries, listWhitelistEntries } from '#db/repositories/whitelists'
import * as contract from '#server/contracts/shares'
import { oldestFirst } from '#server/contracts/kit/lists'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { readWholeList } from '#server/endpoint/whole-list'

export default defineEndpoint(contract.addWhitelistEntries, async ({ db, params, body, views }) => ({
  // The first page is read in the same transaction, so that the answer says what has been stored.
  shareWhitelistEntries: await readWholeList(
    oldestFirst, views.shareWhitelistEntries,
    page => listWhitelistEntries(db, params, page),
    page => addWhitelistEntries(db, params, body.emails, page)),
}))
