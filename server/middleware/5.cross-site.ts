import { defineEventHandler } from 'h3'
import { isCrossSite } from '#server/auth/cross-site'
import { crossSiteChange } from '#server/endpoint/http-error'
import { useConfig } from '#server/runtime/config'

/** The methods that change nothing; see RFC 9110, section 9.2.1. */
const safe = ['GET', 'HEAD', 'OPTIONS']

/** Rejects changes that pages of other sites make in the name of their visitors, form posts included. */
export default defineEventHandler(({ method, node: { req: { headers } } }) => {
  if (safe.includes(method)) return
  if (isCrossSite(headers, useConfig().trustedOrigins)) throw crossSiteChange()
})
