import { setResponseHeaders, setResponseStatus, type H3Event } from 'h3'
import { toHttpError } from './error-status.ts'
import { logFailure } from './log-failure.ts'
import { sendBody } from './send.ts'

/** Nitro's error handler: turns every error into a JSON response, regardless of Accept. */
export default function handleError(error: unknown, event: H3Event) {
  const httpError = toHttpError(error)
  const { status, statusMessage, headers } = httpError
  if (status >= 500) logFailure(error, event, status)
  setResponseStatus(event, status, statusMessage)
  setResponseHeaders(event, { ...headers, 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' })
  return sendBody(event, JSON.stringify(httpError), 'application/json')
}
