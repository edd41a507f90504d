import { deleteWhitelistEntry } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteWhitelistEntry, ({ db, params }) => deleteWhitelistEntry(db, params))
