import { getRequestHost, getRequestProtocol, type H3Event } from 'h3'
import { useConfig } from '#server/runtime/config'

/** The URL of the API as the client sees it: as configured, or else from the request, but never X-Forwarded-Host. */
export function baseUrlOf(event: H3Event): string {
  return useConfig().publicBaseUrl ?? `${getRequestProtocol(event)}://${getRequestHost(event)}`
}

/** A path of the server as the client sees it, which a proxy may have put below a prefix. */
export function publicPath(path: string): string {
  const { publicBaseUrl } = useConfig()
  return (publicBaseUrl ? new URL(publicBaseUrl).pathname.replace(/\/$/, '') : '') + path
}
