import { addWhitelistEntries } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.addWhitelistEntries, async ({ db, params, body }) =>
  ({ shareWhitelistEntries: await addWhitelistEntries(db, params, body.emails) }))
