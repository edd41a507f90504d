import { and, count, desc, eq, getTableColumns, inArray, ne, not, or, sql, type SQL } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound, withReferences } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { SessionKey, TokenKey, UserKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { readPage, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { maxLength, maxSessions } from '../rules.ts'
import { sessions, users } from '../schema/index.ts'
import { isAlive, isAliveBy, isUseDue, recordUse } from '../session-reader.ts'
import { defineSelect, value } from '../statement.ts'
import type { User } from './users.ts'

export interface Session {
  id: number
  created_at: Date
  expires_at: Date
  user: User
}

/**
 * Starts a session.
 * @throws NotFoundError if the account has been deleted
 */
export async function createSession(
  db: Executor,
  { user_id, tokenHash }: TokenKey,
  userAgent?: string,
): Promise<{ id: number, created_at: Date, expires_at: Date }> {
  const statement = db.insert(sessions)
    .values({ neptun_user_id: user_id, token_hash: tokenHash, user_agent: userAgent?.slice(0, maxLength.userAgent) })
    .returning({ id: sessions.id, created_at: sessions.created_at, expires_at: sessions.expires_at })
  const [created] = await withReferences(statement, { sessions_of_existing_user: 'User' })
  return created!
}

const isSessionOf = ({ user_id, tokenHash }: TokenKey) =>
  and(eq(sessions.neptun_user_id, user_id), eq(sessions.token_hash, tokenHash))

const selectSession = defineSelect(qb => qb.select({
  id: sessions.id,
  created_at: sessions.created_at,
  expires_at: sessions.expires_at,
  user: { id: users.id, primary_email: users.primary_email, version: users.version },
  isUseDue,
})
  .from(sessions)
  .innerJoin(users, and(eq(users.id, sessions.neptun_user_id), not(users.is_deleted)))
  .where(and(
    eq(sessions.neptun_user_id, value('user_id')),
    eq(sessions.token_hash, value('tokenHash')),
    isAlive,
  )))

/**
 * The live session of a token. Records its use, if that is due.
 * @returns undefined if there is none, or it has ended
 */
export async function findSession(db: Executor, key: TokenKey): Promise<Session | undefined> {
  const [found] = await selectSession(db, { ...key })
  if (!found) return undefined
  const { isUseDue, ...session } = found
  if (isUseDue) await recordUse(db, key)
  return session
}

/**
 * Makes room for a session of a user: deletes those that have ended by themselves and, if there are still too many,
 * those that have not been used for longest.
 */
export async function makeRoomForSession(db: Executor, { user_id }: UserKey): Promise<void> {
  const isOfUser = eq(sessions.neptun_user_id, user_id)
  const excess = db.select({ id: sessions.id }).from(sessions).where(and(isOfUser, isAlive))
    .orderBy(desc(sessions.last_used_at), desc(sessions.id))
    .offset(maxSessions - 1)
  await db.delete(sessions).where(and(isOfUser, or(not(isAlive), inArray(sessions.id, excess))))
}

/** Ends the session of a token; false if it had already ended. */
export async function endSession(db: Executor, key: TokenKey): Promise<boolean> {
  return await deleteSessions(db, isSessionOf(key)) > 0
}

/**
 * Deletes sessions of a user, ended or not.
 * @returns the number of those that were alive
 */
async function deleteSessions(db: Executor, condition: SQL | undefined): Promise<number> {
  const { expires_at, last_used_at } = sessions
  const deleted = db.$with('deleted').as(db.delete(sessions).where(condition).returning({ expires_at, last_used_at }))
  // Outside RETURNING, where a distributed database accepts no now().
  const [result] = await db.with(deleted).select({ alive: count() }).from(deleted).where(isAliveBy(deleted))
  return result!.alive
}

const fields = {
  ...getTableColumns(sessions),
  current: { expression: sql`${sessions.id} = ${value('current')}`, type: 'boolean' },
} as const

const liveSessions = { table: sessions, fields, only: isAlive } satisfies Rows

/**
 * The live sessions of a user.
 * @param current the id of the session of the request
 */
export function listSessions(
  db: Executor,
  { user_id }: UserKey,
  page: Page<'id'> & { view: View<keyof typeof fields> },
  current: number,
): Promise<JsonPage> {
  return readPage(db, liveSessions, { neptun_user_id: user_id }, page, { current })
}

/** @throws NotFoundError if the user has no such session, or it has ended */
export async function endSessionById(db: Executor, key: SessionKey): Promise<true> {
  const ended = await db.delete(sessions)
    .where(and(eq(sessions.neptun_user_id, key.user_id), eq(sessions.id, key.session_id), isAlive))
    .returning({ id: sessions.id })
  if (ended.length === 0) notFound('Session')
  return true
}

/**
 * Ends all sessions of a user except `current`.
 * @param current the id of the session to keep
 * @returns the number of live sessions ended
 */
export function endOtherSessions(db: Executor, { user_id }: UserKey, current: number): Promise<number> {
  return deleteSessions(db, and(eq(sessions.neptun_user_id, user_id), ne(sessions.id, current)))
}
