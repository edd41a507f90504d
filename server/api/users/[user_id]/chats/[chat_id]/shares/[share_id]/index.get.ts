import { getShare } from '#db/repositories/shares'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentShare } from '#server/presenters/share'

export default defineEndpoint(contract.getShare, async ({ db, params, baseUrl }) =>
  ({ share: presentShare(await getShare(db, params), baseUrl) }))
