import { sql } from 'drizzle-orm'
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** The primary key of every table: 64 bits, and never chosen by us. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** The id of a row in another table. */
export const reference = () => bigint({ mode: 'number' })

/** A point in time, kept to the millisecond, so that what is sent is exactly what is stored. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

/** When a row is made: one time for all rows of a statement, and for both of its columns. */
export const made = sql`statement_timestamp()`

/** When a row is changed: after a wait for somebody else who changes it, too, so that it never goes back. */
export const now = sql`clock_timestamp()`

export const timestamps = () => ({
  created_at: instant().notNull().default(made),
  updated_at: instant().notNull().default(made),
})

/** Text that sorts by code point, whatever the locale of the database. */
export const codePointText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const bytes = customType<{ data: Uint8Array, driverData: Uint8Array }>({ dataType: () => 'bytea' })
