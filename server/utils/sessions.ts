import { createHash, randomBytes } from 'node:crypto'
import { getCookie, setCookie, type H3Event } from 'h3'
import { findSession, type Session } from '#db/repositories/sessions'
import { useConfig } from '#server/config'
import { withDatabase } from './db.ts'

const cookieName = 'neptun-session'
const lifetime = 30 * 24 * 60 * 60

/** A new token of 32 random bytes, and what the database may know of it. */
export function newToken(): { token: string, tokenHash: Uint8Array } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

/** The hash of whatever the request brought as its token; undefined if it brought none. */
export function tokenHashOf(event: H3Event): Uint8Array | undefined {
  const token = getCookie(event, cookieName)
  return token ? hashToken(token) : undefined
}

/** The session of a request, unless it has ended. */
export async function findSessionOf(event: H3Event): Promise<Session | undefined> {
  const tokenHash = tokenHashOf(event)
  return tokenHash && withDatabase(db => findSession(db, tokenHash))
}

/** Hands the token to the browser; an empty one takes it away. */
export function setSessionCookie(event: H3Event, token: string): void {
  setCookie(event, cookieName, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: useConfig().sessionCookieSecure,
    maxAge: token ? lifetime : 0,
  })
}

const hashToken = (token: string) => createHash('sha256').update(token).digest()
