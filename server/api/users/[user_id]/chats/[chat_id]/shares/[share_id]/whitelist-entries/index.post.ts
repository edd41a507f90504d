import { addWhitelistEntries, listWhitelistEntries } from '#db/repositories/whitelists'
import * as contract from '#server/contracts/shares'
import { oldestFirst } from '#server/contracts/kit/lists'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { readWholeList } from '#server/endpoint/whole-list'

export default defineEndpoint(contract.addWhitelistEntries, async ({ db, params, body, views }) => {
  await addWhitelistEntries(db, params, body.emails)
  return {
    shareWhitelistEntries: await readWholeList(oldestFirst, views.shareWhitelistEntries, page =>
      listWhitelistEntries(db, params, page)),
  }
})
