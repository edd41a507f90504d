import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, id, instant, made, reference, timestamps } from './columns.ts'

export const users = pgTable('users', {
  id: id(),
  primary_email: text().notNull(),
  password_hash: text().notNull(),
  ...timestamps(),
}, t => [
  // One account per address, however it is spelled; also serves "find the user who logs in".
  uniqueIndex('users_email_key').on(sql`lower(${t.primary_email})`),
  check('users_email_length', sql`char_length(${t.primary_email}) <= 254`),
])

export const sessions = pgTable('sessions', {
  id: id(),
  neptun_user_id: reference().notNull().references(() => users.id, { onDelete: 'cascade' }),
  // SHA-256 of the token. The token itself is only ever in the cookie.
  token_hash: bytes().notNull(),
  user_agent: text(),
  created_at: instant().notNull().default(made),
  last_used_at: instant().notNull().default(made),
  expires_at: instant().notNull().default(sql`statement_timestamp() + interval '30 days'`),
}, t => [
  // Find the session of a cookie.
  uniqueIndex('sessions_token_hash_key').on(t.token_hash),
  // List the sessions of a user; end all others.
  index('sessions_of_user').on(t.neptun_user_id, t.id),
])
