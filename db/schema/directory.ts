import { sql } from 'drizzle-orm'
import { check, index, pgTable, text } from 'drizzle-orm/pg-core'
import { reference } from './columns.ts'

/**
 * Finds the user behind an e-mail address or the uuid of a share, where a request does not name one. It spans all
 * users, so it has no foreign key: whoever creates or deletes a user or a share updates it in the same transaction.
 */
export const directory = pgTable('directory', {
  // An e-mail address or a uuid, in lower case, so that both are unique regardless of case. An address contains an @,
  // so the two cannot collide.
  key: text().primaryKey(),
  neptun_user_id: reference().notNull(),
}, t => [
  // Finds the entries to delete with an account.
  index('directory_of_user').on(t.neptun_user_id),
  check('directory_key_lower_case', sql`${t.key} = lower(${t.key})`),
])
