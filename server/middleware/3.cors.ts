import { appendResponseHeader, defineEventHandler, setResponseHeader, setResponseHeaders } from 'h3'
import { useConfig } from '#server/runtime/config'

const readable = {
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': [
    'Accept-Ranges', 'Content-Disposition', 'Content-Range', 'ETag', 'Idempotent-Replayed', 'RateLimit',
    'RateLimit-Policy', 'Retry-After', 'X-Request-Id',
  ].join(', '),
}

const preflight = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PATCH, DELETE',
  'Access-Control-Allow-Headers': [
    'Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'If-Range', 'Range', 'Traceparent',
    'X-Request-Id',
  ].join(', '),
  // The longest time that Chromium accepts: two hours.
  'Access-Control-Max-Age': '7200',
}

/**
 * Lets pages of the allowed origins send cookies and read responses (CORS). A preflight is answered like every other
 * OPTIONS, with further headers.
 *
 * `handleCors` of h3 does not fit: it sends `*` to requests without an Origin, and no `Vary` where it allows nothing.
 */
export default defineEventHandler((event) => {
  const { allowedOrigins } = useConfig()
  if (allowedOrigins.length === 0) return
  appendResponseHeader(event, 'Vary', 'Origin')
  const { origin, 'access-control-request-method': method } = event.node.req.headers
  if (origin === undefined || !allowedOrigins.includes(origin)) return
  setResponseHeader(event, 'Access-Control-Allow-Origin', origin)
  setResponseHeaders(event, readable)
  if (event.method === 'OPTIONS' && method !== undefined) setResponseHeaders(event, preflight)
})
