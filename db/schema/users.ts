import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { maxLength, sessionLifetime } from '../rules.ts'
import { bytes, id, instant, reference, statementTimestamp, timestamps } from './columns.ts'

export const users = pgTable('users', {
  id: id(),
  primary_email: text().notNull(),
  password_hash: text().notNull(),
  ...timestamps(),
}, t => [
  // One account per address, case-insensitively. Finds the account at login.
  uniqueIndex('users_email_key').on(sql`lower(${t.primary_email})`),
  check('users_email_length', sql`char_length(${t.primary_email}) <= ${sql.raw(`${maxLength.email}`)}`),
])

const afterTotalLifetime = sql.raw(`statement_timestamp() + interval '${sessionLifetime.totalDays} days'`)

export const sessions = pgTable('sessions', {
  id: id(),
  neptun_user_id: reference().notNull(),
  // SHA-256 of the token. The token itself exists only in the cookie.
  token_hash: bytes().notNull(),
  user_agent: text(),
  created_at: instant().notNull().default(statementTimestamp),
  last_used_at: instant().notNull().default(statementTimestamp),
  expires_at: instant().notNull().default(afterTotalLifetime),
}, t => [
  foreignKey({
    name: 'sessions_of_existing_user',
    columns: [t.neptun_user_id],
    foreignColumns: [users.id],
  }).onDelete('cascade'),
  // Finds the session of a cookie.
  uniqueIndex('sessions_token_hash_key').on(t.token_hash),
  // Lists the sessions of a user.
  index('sessions_of_user').on(t.neptun_user_id, t.id),
])
