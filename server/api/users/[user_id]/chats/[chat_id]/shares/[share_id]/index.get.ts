import { getShare } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getShare, async ({ db, params, views }) =>
  ({ share: await getShare(db, params, views.share) }))
