import { getResponseHeader, H3Error, setResponseHeaders, setResponseStatus, type H3Event } from 'h3'
import { describeRefusal } from '#db/errors'
import { sendBody } from '#server/utils/send'
import { toHttpError } from './to-http-error.ts'

/** Where every error becomes an answer: JSON, whatever the client accepts, and in one shape. */
export default function handleError(error: unknown, event: H3Event) {
  const answer = toHttpError(error)
  const { status, statusMessage, headers } = answer
  if (status >= 500) logFailure(error, event, status)
  setResponseStatus(event, status, statusMessage)
  setResponseHeaders(event, { ...headers, 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' })
  return sendBody(event, JSON.stringify(answer), 'application/json')
}

/** Tells the cause to whoever runs the server. The values that a statement was sent with are not for the log. */
function logFailure(error: unknown, event: H3Event, status: number): void {
  const cause = error instanceof H3Error ? error.cause ?? error : error
  const request = `${event.method} ${event.path.split('?')[0]} [${String(getResponseHeader(event, 'X-Request-Id'))}]`
  // A saturated server has no time for stacks.
  console.error(request, describeRefusal(cause) ?? (status === 503 ? String(cause) : cause))
}
