import { getResponseHeader, H3Error, type H3Event } from 'h3'
import { describeServerError } from '#db/errors'

/**
 * Logs the cause of a failure, but no values of a statement.
 * @param status the status that stands for the failure, whether or not it has been sent
 */
export function logFailure(error: unknown, event: H3Event, status: number): void {
  const cause = error instanceof H3Error ? error.cause ?? error : error
  const request = `${event.method} ${event.path.split('?')[0]} [${String(getResponseHeader(event, 'X-Request-Id'))}]`
  // Under saturation, stack traces would flood the log.
  console.error(request, describeServerError(cause) ?? (status === 503 ? String(cause) : cause))
}
