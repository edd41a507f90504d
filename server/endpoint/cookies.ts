import { setCookie as setResponseCookie, type H3Event } from 'h3'
import type { Cookie } from '#server/auth/cookie'
import { useConfig } from '#server/runtime/config'

/** Sets a cookie that scripts cannot read and that other sites cannot send along. */
export function setCookie(event: H3Event, { name, value, path, maxAge }: Cookie): void {
  const secure = useConfig().sessionCookieSecure
  setResponseCookie(event, name, value, { httpOnly: true, sameSite: 'lax', secure, path, maxAge })
}
