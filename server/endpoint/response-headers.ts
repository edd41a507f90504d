import { useConfig } from '#server/runtime/config'
import { securityHeaders } from './security-headers.ts'

/** Tells browsers to use only HTTPS for this host, for a year after each response. */
const strictTransportSecurity = { 'Strict-Transport-Security': 'max-age=31536000' }

let standard: Map<string, string> | undefined

/** The headers of all responses. Some replace one of them. Secure cookies require HTTPS anyway. */
export function standardHeaders(): Map<string, string> {
  return standard ??= new Map(Object.entries({
    ...securityHeaders,
    ...useConfig().sessionCookieSecure && strictTransportSecurity,
    'Cache-Control': 'private, no-store',
  }))
}

/** The headers of all responses about shares. */
export const shareHeaders = { 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Vary': 'Cookie, Authorization' }
