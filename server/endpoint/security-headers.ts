/**
 * The headers that limit what browsers do with a response. The reference and downloads have a policy of their own.
 */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // Replaces X-Frame-Options.
  'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'`,
  // Keeps other sites from embedding a response. It does not apply to requests that CORS allows.
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** The headers of static files. */
export const assetHeaders = { ...securityHeaders, 'Cache-Control': 'public, no-cache' }
