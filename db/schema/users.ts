import { sql } from 'drizzle-orm'
import { check, foreignKey, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { maxLength, sessionLifetime } from '../rules.ts'
import { bytes, id, instant, isDeleted, reference, statementTimestamp, timestamps, version } from './columns.ts'

export const users = pgTable('users', {
  id: id().primaryKey(),
  primary_email: text().notNull(),
  password_hash: text().notNull(),
  ...timestamps(),
  version: version(),
  is_deleted: isDeleted(),
}, t => [
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
  // Lists the sessions of a user.
  primaryKey({ name: 'sessions_pkey', columns: [t.neptun_user_id, t.id] }),
  foreignKey({
    name: 'sessions_of_existing_user',
    columns: [t.neptun_user_id],
    foreignColumns: [users.id],
  }).onDelete('cascade'),
  // Finds the session of a cookie.
  unique('sessions_token_hash_key').on(t.neptun_user_id, t.token_hash),
])
