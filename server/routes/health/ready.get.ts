import { sql } from 'drizzle-orm'
import * as contract from '#server/contracts/health'
import { HttpError } from '#server/errors/http-error'
import { withDatabase } from '#server/utils/db'
import { defineProbe } from '#server/utils/endpoint'
import { healthy } from '#server/utils/health'
import { isShuttingDown } from '#server/utils/shutdown'

export default defineProbe(contract.getReadiness, async () => {
  if (isShuttingDown()) throw new HttpError(503, 'The server is shutting down.', { headers: { 'Retry-After': '5' } })
  await withDatabase(db => db.execute(sql`select 1`))
  return healthy()
})
