import { addWhitelistEntries, assertWhitelistEntries, listWhitelistEntries } from '#db/repositories/whitelists'
import { oldestFirst } from '#server/contracts/kit/lists'
import * as contract from '#server/contracts/shares'
import { defineCreation } from '#server/endpoint/define-creation'
import { continueList, firstPage, readWholeList } from '#server/endpoint/whole-list'

export default defineCreation(contract.addWhitelistEntries, {
  async create({ db, params, body, views }) {
    // The first page is read in the same transaction, so that the answer says what has been stored.
    const page = firstPage(oldestFirst, views.shareWhitelistEntries)
    const { added, whitelist } = await addWhitelistEntries(db, params, body.emails, page)
    const shareWhitelistEntries = continueList(whitelist, page, (db, page) => listWhitelistEntries(db, params, page))
    return { ids: added, result: { shareWhitelistEntries } }
  },
  async read({ db, params, views }, ids) {
    await assertWhitelistEntries(db, params, ids)
    const shareWhitelistEntries = await readWholeList(db, oldestFirst, views.shareWhitelistEntries, (db, page) =>
      listWhitelistEntries(db, params, page))
    return { shareWhitelistEntries }
  },
})
