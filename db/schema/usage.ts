import { bigint, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import { reference } from './columns.ts'

const amount = () => bigint({ mode: 'number' }).notNull().default(0)

/**
 * What a user has stored, spread over several rows whose sum counts: writes to different chats at the same time would
 * otherwise wait for each other. A single row may be negative. The deletion of an account deletes it. It has no foreign
 * key, because a distributed database cannot add a table that refers to one of its tables.
 */
export const usage = pgTable('usage', {
  neptun_user_id: reference().notNull(),
  slot: smallint().notNull(),
  chats: amount(),
  // Of messages and files.
  bytes: amount(),
}, t => [
  primaryKey({ name: 'usage_pkey', columns: [t.neptun_user_id, t.slot] }),
])
