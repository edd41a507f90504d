import { sql } from 'drizzle-orm'
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** The primary key of every table: 64 bits, and never chosen by us. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** The id of a row in another table. */
export const reference = () => bigint({ mode: 'number' })

/** A point in time, kept to the millisecond, so that what is sent is exactly what is stored. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

/**
 * The time of the statement, not of its transaction: an append that waited for another one on the same chat is
 * later than it, and all rows of one batch carry the same time.
 */
export const now = sql`statement_timestamp()`

export const timestamps = () => ({
  created_at: instant().notNull().default(now),
  updated_at: instant().notNull().default(now),
})

/** Text that sorts by code point, whatever the locale of the database. */
export const codePointText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const bytes = customType<{ data: Uint8Array, driverData: Uint8Array }>({ dataType: () => 'bytea' })
