import type { Share } from '#db/repositories/shares'
import { unlockCookie } from '#server/contracts/kit/cookies'
import { isSigned, sign } from '#server/runtime/signing'
import type { Cookie, Cookies } from './cookie.ts'

/** Seconds. */
const lifetime = 60 * 60

/**
 * The cookie that opens one share for an hour, as long as its password does not change.
 * @param uuid as written in the request path, because cookie paths are case-sensitive
 */
export function createUnlockCookie(share: Share, uuid: string): Cookie {
  const expires = Math.floor(Date.now() / 1000) + lifetime
  const signature = sign('unlock', share.uuid, share.password_hash ?? '', expires)
  return { name: unlockCookie, value: `${expires}.${signature}`, path: `/api/shared/chats/${uuid}`, maxAge: lifetime }
}

/** Whether the request has a valid unlock cookie for the share and its current password. */
export function isUnlocked(cookies: Cookies, { uuid, password_hash }: Share): boolean {
  const [expires = '', signature = ''] = (cookies[unlockCookie] ?? '').split('.')
  return password_hash !== null
    && Number(expires) > Date.now() / 1000
    && isSigned(signature, 'unlock', uuid, password_hash, Number(expires))
}
