import { parseCookies, type H3Event } from 'h3'
import type { TokenKey } from '#db/keys'
import { findSession, type Session } from '#db/repositories/sessions'
import { readTokenKey } from '#server/auth/session-cookie'
import { withDatabase } from '#server/runtime/database'

declare module 'h3' {
  interface H3EventContext {
    /** The session of the request, looked up at the first call; undefined for an anonymous caller. */
    identify: () => Promise<Session | undefined>
  }
}

/** The key of the session that a request presents; undefined if it presents no well-formed token. */
export function presentedToken(event: H3Event): TokenKey | undefined {
  return readTokenKey(parseCookies(event))
}

/** Looks up the session of a request. A request without a well-formed token costs no statement. */
export async function findRequestSession(event: H3Event): Promise<Session | undefined> {
  const key = presentedToken(event)
  const session = key && await withDatabase(db => findSession(db, key))
  event.context.userId = session?.user.id
  return session
}
