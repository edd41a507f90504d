import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a browser sent a request for a page of another site, or of another origin of the same site. Other programs
 * send neither of the two headers, and no cookies that they were not given.
 * @param trusted origins that count as this site
 */
export function isCrossSite(
  { origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders,
  trusted: readonly string[],
): boolean {
  if (origin !== undefined && trusted.includes(origin)) return false
  // The browser compares the origins itself. It knows them even if a proxy replaces the host.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return origin !== undefined && !isOriginOf(origin, host)
}

/**
 * Compares hosts and ports only, because the server does not see the scheme behind a proxy that terminates TLS. This is
 * for browsers from before 2023 and pages without HTTPS: they send no `Sec-Fetch-Site`.
 */
function isOriginOf(origin: string, host: string | undefined): boolean {
  // The scheme decides which port is the default.
  const scheme = URL.parse(origin)?.protocol
  return scheme !== undefined && URL.parse(`${scheme}//${host}`)?.origin === origin
}
