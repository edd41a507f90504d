import { getRequestHost, getRequestProtocol, type H3Event } from 'h3'
import { useConfig } from '#server/runtime/config'

/** The public base URL of the API: as configured, or else from the request, but never from X-Forwarded-Host. */
export function baseUrlOf(event: H3Event): string {
  return useConfig().publicBaseUrl ?? `${getRequestProtocol(event)}://${getRequestHost(event)}`
}

/** Prefixes a path with the path of the public base URL. */
export function publicPath(path: string): string {
  const { publicBaseUrl } = useConfig()
  return (publicBaseUrl ? new URL(publicBaseUrl).pathname.replace(/\/$/, '') : '') + path
}
