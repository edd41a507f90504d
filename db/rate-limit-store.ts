import type { Database } from './client.ts'

/** A statement of rate-limiter-flexible. */
interface RateLimitQuery {
  text: string
  values: (string | number | null)[]
}

/** Runs a statement for rate-limiter-flexible, which expects results as node-postgres returns them. */
export async function runRateLimitQuery(db: Database, { text, values }: RateLimitQuery) {
  const rows = await db.$client.unsafe(text, values)
  return { rows, rowCount: rows.count }
}
