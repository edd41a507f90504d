/** The value of Strict-Transport-Security, if cookies are restricted to HTTPS: a year after each response. */
export const strictTransportSecurity = 'max-age=31536000'

/**
 * The headers that limit what browsers do with a response. The route rules set them on every response, and the error
 * handler again, because no rule applies to a malformed target. The reference and downloads have a policy of their own.
 */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // Replaces X-Frame-Options.
  'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'`,
  // Keeps other sites from embedding a response. It does not apply to requests that CORS allows.
  'Cross-Origin-Resource-Policy': 'same-origin',
}
