import { setResponseHeader } from 'h3'
import { defineNitroPlugin } from 'nitropack/runtime'
import { strictTransportSecurity } from '#server/endpoint/security-headers'
import { useConfig } from '#server/runtime/config'

/**
 * Tells browsers to use only HTTPS for this host. Secure cookies require HTTPS anyway.
 * A hook, because a route rule cannot depend on the configuration.
 */
export default defineNitroPlugin((nitro) => {
  if (!useConfig().sessionCookieSecure) return
  nitro.hooks.hook('request', event => setResponseHeader(event, 'Strict-Transport-Security', strictTransportSecurity))
})
