import { setCookie as setResponseCookie, type H3Event } from 'h3'
import type { Cookie } from '#server/auth/cookie'
import { useConfig } from '#server/runtime/config'
import { publicPath } from './base-url.ts'

/** Sets a cookie that scripts cannot read and, unless configured otherwise, that other sites cannot send along. */
export function setCookie(event: H3Event, { name, value, path, maxAge }: Cookie): void {
  const { sessionCookieSecure: secure, sessionCookieSameSite: sameSite } = useConfig()
  const visiblePath = path === '/' ? path : publicPath(path)
  setResponseCookie(event, name, value, { httpOnly: true, sameSite, secure, path: visiblePath, maxAge })
}
