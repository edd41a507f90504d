import { getCookie, setCookie, type H3Event } from 'h3'
import type { Share } from '#db/repositories/shares'
import { useConfig } from '#server/config'
import { isSigned, sign } from './signing.ts'

const cookieName = 'neptun-unlock'
const lifetime = 60 * 60

/**
 * Lets the browser open one share for an hour, as long as the share keeps its present password.
 * @param address the uuid as it stands in the path: in capitals it is the same share, but not the same path
 */
export function setUnlockCookie(event: H3Event, { uuid, password_hash }: Share, address: string): void {
  const expires = Math.floor(Date.now() / 1000) + lifetime
  setCookie(event, cookieName, `${expires}.${sign('unlock', uuid, password_hash ?? '', expires)}`, {
    httpOnly: true,
    sameSite: 'lax',
    path: `/api/shared/chats/${address}`,
    secure: useConfig().sessionCookieSecure,
    maxAge: lifetime,
  })
}

/** Whether the request has proven the present password of the share before. */
export function isUnlocked(event: H3Event, { uuid, password_hash }: Share): boolean {
  const [expires = '', signature = ''] = (getCookie(event, cookieName) ?? '').split('.')
  return password_hash !== null
    && Number(expires) > Date.now() / 1000
    && isSigned(signature, 'unlock', uuid, password_hash, Number(expires))
}
