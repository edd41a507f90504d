import { getResponseHeader, H3Error, setResponseHeaders, setResponseStatus, type H3Event } from 'h3'
import { describeServerError } from '#db/errors'
import { toHttpError } from './error-status.ts'
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

/** Logs the cause, but no values of a statement. */
function logFailure(error: unknown, event: H3Event, status: number): void {
  const cause = error instanceof H3Error ? error.cause ?? error : error
  const request = `${event.method} ${event.path.split('?')[0]} [${String(getResponseHeader(event, 'X-Request-Id'))}]`
  // Under saturation, stack traces would flood the log.
  console.error(request, describeServerError(cause) ?? (status === 503 ? String(cause) : cause))
}
