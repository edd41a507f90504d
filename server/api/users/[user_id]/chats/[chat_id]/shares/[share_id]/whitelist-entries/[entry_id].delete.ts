import { deleteWhitelistEntry } from '#db/repositories/whitelists'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteWhitelistEntry, ({ db, params }) => deleteWhitelistEntry(db, params))
