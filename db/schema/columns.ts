import { sql } from 'drizzle-orm'
import { bigint, boolean, customType, integer, timestamp, type AnyPgColumn } from 'drizzle-orm/pg-core'

/** An id of 64 bits, always assigned by the database. */
export const id = () => bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity()

/** The id of a row in another table. */
export const reference = () => bigint({ mode: 'number' })

/** A point in time with millisecond precision, so that the value returned is exactly the value stored. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

/** When a row is inserted: the same time for all rows of a statement and for both of their timestamps. */
export const statementTimestamp = sql`statement_timestamp()`

/**
 * When a row is updated: read after waiting for its lock, and never before the given timestamp of the row, even if the
 * clock has been set back. The function is declared immutable, so its argument must be a column: the planner would
 * evaluate it in advance for a constant.
 */
export const updateTime = (previous: AnyPgColumn) => sql`update_time(${previous})`

export const timestamps = () => ({
  created_at: instant().notNull().default(statementTimestamp),
  updated_at: instant().notNull().default(statementTimestamp),
})

/** Incremented whenever a field of the row itself is changed by its owner. */
export const version = () => integer().notNull().default(1)

/**
 * Whether a row is deleted, although not everything that belongs to it is yet. All statements but those that delete the
 * rest leave it out, so that nobody can see or change it.
 */
export const isDeleted = () => boolean().notNull().default(false)

/** Text that sorts by code point, whatever the locale of the database. */
export const codePointText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const bytes = customType<{ data: Uint8Array, driverData: Uint8Array }>({ dataType: () => 'bytea' })
