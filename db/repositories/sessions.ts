import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
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
      sql`${sessions.expires_at} > now()`,
      sql`${sessions.last_used_at} > now() - interval '7 days'`,
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
    .returning({ wasAlive: sql<boolean>`${sessions.expires_at} > now() and ${sessions.last_used_at} > now() - interval '7 days'` })
  return ended?.wasAlive ?? false
}
