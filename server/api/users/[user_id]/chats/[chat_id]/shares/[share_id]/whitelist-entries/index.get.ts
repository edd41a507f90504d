import { listWhitelistEntries } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listWhitelistEntries, async ({ db, params }) =>
  ({ shareWhitelistEntries: await listWhitelistEntries(db, params) }))
