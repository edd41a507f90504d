import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * Attempts that count towards a limit. rate-limiter-flexible reads and writes it, and relies on the names and the order
 * of the columns.
 */
export const rateLimits = pgTable('rate_limits', {
  // An HMAC of the limit and of whom it applies to, so that the table names neither accounts nor addresses.
  key: text().primaryKey(),
  points: integer().notNull(),
  // When the attempts stop counting, in milliseconds since 1970.
  expire: bigint({ mode: 'number' }),
}, t => [
  // Finds the rows to delete.
  index('rate_limits_by_expiry').on(t.expire),
])
