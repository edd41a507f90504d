import { deleteShare } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteShare, ({ db, params, versions }) => deleteShare(db, params, versions))
