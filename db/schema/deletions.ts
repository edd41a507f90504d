import { pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { instant, reference, statementTimestamp } from './columns.ts'

/**
 * The users with rows to delete: a deleted account, or deleted chats of a user. Empty most of the time. It has no
 * foreign key, for the reason that `usage` has none.
 */
export const deletions = pgTable('deletions', {
  neptun_user_id: reference().notNull(),
  // When the last of them was deleted.
  requested_at: instant().notNull().default(statementTimestamp),
}, t => [
  primaryKey({ name: 'deletions_pkey', columns: [t.neptun_user_id] }),
])
