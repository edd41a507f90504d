import { defineEventHandler } from 'h3'
import { isCrossSite } from '#server/auth/cross-site'
import { crossSiteChange } from '#server/endpoint/http-error'
import { report } from '#server/endpoint/security-events'
import { useConfig } from '#server/runtime/config'

/** The methods that change nothing; see RFC 9110, section 9.2.1. */
const safe = ['GET', 'HEAD', 'OPTIONS']

/** Rejects changes that pages of other sites make in the name of their visitors, form posts included. */
export default defineEventHandler((event) => {
  const { method, node: { req: { headers } } } = event
  if (safe.includes(method)) return
  if (!isCrossSite(headers, useConfig().trustedOrigins)) return
  report(event, 'cross_site_refused')
  throw crossSiteChange()
})
