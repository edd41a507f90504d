import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { maxLength } from '../rules.ts'
import { instant, reference, statementTimestamp } from './columns.ts'

/**
 * The requests that created rows and had an `Idempotency-Key`. A record is written in the transaction of its rows, and
 * has their ids, from which a repeated request is answered. The deletion of an account deletes it. It has no foreign
 * key, for the reason that `usage` has none.
 */
export const idempotencyKeys = pgTable('idempotency_keys', {
  neptun_user_id: reference().notNull(),
  key: text().notNull(),
  // An HMAC of the request, so that the table reveals nothing of its contents.
  fingerprint: text().notNull(),
  ids: bigint({ mode: 'number' }).array().notNull(),
  created_at: instant().notNull().default(statementTimestamp),
}, t => [
  primaryKey({ name: 'idempotency_keys_pkey', columns: [t.neptun_user_id, t.key] }),
  // Finds the records to delete.
  index('idempotency_keys_by_age').on(t.neptun_user_id, t.created_at),
  check('idempotency_keys_key_length',
    sql`char_length(${t.key}) between 1 and ${sql.raw(`${maxLength.idempotencyKey}`)}`),
])
