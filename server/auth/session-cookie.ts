import { createHash, randomBytes } from 'node:crypto'
import type { TokenHash } from '#db/repositories/sessions'
import { sessionLifetime } from '#db/rules'
import { sessionCookie } from '#server/contracts/kit/cookies'
import type { Cookie, Cookies } from './cookie.ts'

/** Creates a token of 32 random bytes, and the hash that the database stores. */
export function createSessionToken(): { token: string, tokenHash: TokenHash } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

/** The hash of the session token of a request, whatever its format; undefined if there is none. */
export function sessionTokenHash(cookies: Cookies): TokenHash | undefined {
  const token = cookies[sessionCookie]
  return token ? hashToken(token) : undefined
}

/** The cookie that carries a session token. */
export function createSessionCookie(token: string): Cookie {
  return { name: sessionCookie, value: token, path: '/', maxAge: sessionLifetime.totalDays * 24 * 60 * 60 }
}

/** The cookie that clears the session token. */
export const clearedSessionCookie: Cookie = { name: sessionCookie, value: '', path: '/', maxAge: 0 }

const hashToken = (token: string) => createHash('sha256').update(token).digest()
