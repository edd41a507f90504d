import { hash, randomBytes } from 'node:crypto'
import type { TokenKey, UserKey } from '#db/keys'
import { sessionLifetime } from '#db/rules'
import { sessionCookie } from '#server/contracts/kit/cookies'
import type { Cookie, Cookies } from './cookie.ts'

/** The length in bytes of the parts of a token: the id of its user, then a secret. */
const tokenBytes = { id: 8, secret: 24 }

/** Creates a session token for a user, and the key under which the database stores the session. */
export function createSessionToken({ user_id }: UserKey): TokenKey & { token: string } {
  const id = Buffer.alloc(tokenBytes.id)
  id.writeBigUInt64BE(BigInt(user_id))
  const token = Buffer.concat([id, randomBytes(tokenBytes.secret)]).toString('base64url')
  return { token, user_id, tokenHash: hashToken(token) }
}

/** The key of the session that a request presents; undefined if it presents no well-formed token. */
export function readTokenKey(cookies: Cookies): TokenKey | undefined {
  const token = cookies[sessionCookie] ?? ''
  // The decoder ignores what is not base64url.
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const user_id = Number(Buffer.from(token, 'base64url').readBigUInt64BE())
  return Number.isSafeInteger(user_id) ? { user_id, tokenHash: hashToken(token) } : undefined
}

/** The cookie that carries a session token. */
export function createSessionCookie(token: string): Cookie {
  return { name: sessionCookie, value: token, path: '/', maxAge: sessionLifetime.totalDays * 24 * 60 * 60 }
}

/** The cookie that clears the session token. */
export const clearedSessionCookie: Cookie = { name: sessionCookie, value: '', path: '/', maxAge: 0 }

const hashToken = (token: string) => hash('sha256', token, 'buffer')
