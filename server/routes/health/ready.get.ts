import { ping } from '#db/client'
import * as contract from '#server/contracts/health'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { withDatabase } from '#server/runtime/database'
import { health } from '#server/runtime/health'
import { assertNotShuttingDown } from '#server/runtime/shutdown'

export default defineEndpoint(contract.getReadiness, async () => {
  assertNotShuttingDown()
  await withDatabase(ping)
  return health()
})
