import { setResponseHeaders, setResponseStatus, type H3Event } from 'h3'
import { toHttpError } from './error-status.ts'
import { logFailure } from './log-failure.ts'
import { standardHeaders } from './response-headers.ts'
import { reportRefusal } from './security-events.ts'
import { sendBody } from './send.ts'

/**
 * Nitro's error handler: turns every error into a JSON response, regardless of Accept. It sets the standard headers
 * again, because no middleware sees a malformed target, and what has failed may have replaced one.
 */
export default function handleError(error: unknown, event: H3Event) {
  const httpError = toHttpError(error)
  const { status, statusMessage, headers } = httpError
  const isLimit = reportRefusal(error, event)
  if (status >= 500 && !isLimit) logFailure(error, event, status)
  setResponseStatus(event, status, statusMessage)
  setResponseHeaders(event, headers)
  event.node.res.setHeaders(standardHeaders())
  return sendBody(event, JSON.stringify(httpError), 'application/json')
}
