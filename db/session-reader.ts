import { and, eq, sql, type SQLWrapper } from 'drizzle-orm'
import type { Database, Executor } from './client.ts'
import type { TokenKey } from './keys.ts'
import { sessionLifetime } from './rules.ts'
import { sessions } from './schema/index.ts'
import { value } from './statement.ts'

/**
 * The database as the holder of a session token may read it. Each read checks the session itself, in the same
 * statement: without a live session it finds nothing, not even whether something exists. That saves a round trip.
 */
export class SessionReader {
  readonly db: Database
  readonly key: TokenKey

  /** @param key as presented; whether there is such a session is up to the statements */
  constructor(db: Database, key: TokenKey) {
    this.db = db
    this.key = key
  }
}

/** The first parameter of functions that read by `readPage` or `readRow` only. */
export type Reader = Executor | SessionReader

/** What a reader runs other statements with, after a read has shown that its session is alive. */
export const executorOf = (reader: Reader): Executor => reader instanceof SessionReader ? reader.db : reader

const maxIdleTime = sql.raw(`interval '${sessionLifetime.idleDays} days'`)

/** The condition that a session with these times is alive. */
export const isAliveBy = (times: Record<'expires_at' | 'last_used_at', SQLWrapper>) =>
  sql`(${times.expires_at} > now() and ${times.last_used_at} > now() - ${maxIdleTime})`

export const isAlive = isAliveBy(sessions)

/** Whether the use of a session has to be recorded: at most every five minutes, so that a read rarely writes. */
export const isUseDue = sql<boolean>`${sessions.last_used_at} < now() - interval '5 minutes'`

export async function recordUse(db: Executor, { user_id, tokenHash }: TokenKey): Promise<void> {
  await db.update(sessions).set({ last_used_at: sql`now()` })
    .where(and(eq(sessions.neptun_user_id, user_id), eq(sessions.token_hash, tokenHash), isAlive))
}

/** The part of a WITH clause that selects the live session of a reader: one row of `is_use_due`, or none. */
export const withSession = sql`session as materialized (
  select ${isUseDue} as is_use_due from ${sessions}
  where ${sessions.neptun_user_id} = ${value('neptun_user_id')} and ${sessions.token_hash} = ${value('token_hash')}
    and ${isAlive})`

/** The condition that there is one. It is evaluated before any row is read. */
export const hasSession = sql`exists (select from session)`
