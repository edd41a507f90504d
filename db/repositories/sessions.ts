import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound } from '../errors.ts'
import { sessions, users } from '../schema/index.ts'
import type { User } from './users.ts'

export interface Session {
  id: number
  created_at: Date
  expires_at: Date
  user: User
}

/** SHA-256 of a session's token: what the database knows of it. */
export type TokenHash = Uint8Array

/** A session ends after 7 days without use, or 30 days in all. */
const isAlive = sql`(${sessions.expires_at} > now() and ${sessions.last_used_at} > now() - interval '7 days')`

/** Begins a session of 30 days. */
export async function createSession(
  db: Executor,
  session: { userId: number, tokenHash: TokenHash, userAgent?: string },
): Promise<{ id: number, created_at: Date, expires_at: Date }> {
  const [created] = await db.insert(sessions)
    .values({ neptun_user_id: session.userId, token_hash: session.tokenHash, user_agent: session.userAgent })
    .returning({ id: sessions.id, created_at: sessions.created_at, expires_at: sessions.expires_at })
  return created!
}

/**
 * The session of a token, unless it has ended: after 7 days without use, or 30 days in all. Its last use is noted at
 * most every five minutes, so that reading does not mean writing.
 */
export async function findSession(db: Executor, tokenHash: TokenHash): Promise<Session | undefined> {
  const [found] = await db.select({
    id: sessions.id,
    created_at: sessions.created_at,
    expires_at: sessions.expires_at,
    user: { id: users.id, primary_email: users.primary_email },
    isDue: sql<boolean>`${sessions.last_used_at} < now() - interval '5 minutes'`,
  })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.neptun_user_id))
    .where(and(
      eq(sessions.token_hash, tokenHash),
      isAlive,
    ))
  if (!found) return undefined
  const { isDue, ...session } = found
  if (isDue) await db.update(sessions).set({ last_used_at: sql`now()` }).where(eq(sessions.id, session.id))
  return session
}

/** Ends the session of a token; false if there was none, or it had ended before. */
export async function endSession(db: Executor, tokenHash: TokenHash): Promise<boolean> {
  const [ended] = await db.delete(sessions)
    .where(eq(sessions.token_hash, tokenHash))
    .returning({ isAlive: sql<boolean>`${isAlive}` })
  return ended?.isAlive ?? false
}

/** Which session, and whose. */
export interface SessionKey {
  id: number
  ownerId: number
}

/** Where a user is signed in, the latest first. */
export function listSessions(db: Executor, ownerId: number) {
  return db.select().from(sessions).where(and(eq(sessions.neptun_user_id, ownerId), isAlive)).orderBy(desc(sessions.id))
}

/** @throws NotFoundError if the user has no such session, or it has ended */
export async function endSessionById(db: Executor, key: SessionKey): Promise<true> {
  const ended = await db.delete(sessions)
    .where(and(eq(sessions.id, key.id), eq(sessions.neptun_user_id, key.ownerId), isAlive))
    .returning({ id: sessions.id })
  if (ended.length === 0) notFound('Session')
  return true
}

/** Ends all sessions of a user but this one; tells how many there were. */
export async function endOtherSessions(db: Executor, key: SessionKey): Promise<number> {
  const ended = await db.delete(sessions)
    .where(and(ne(sessions.id, key.id), eq(sessions.neptun_user_id, key.ownerId)))
    .returning({ isAlive: sql<boolean>`${isAlive}` })
  return ended.filter(({ isAlive }) => isAlive).length
}
