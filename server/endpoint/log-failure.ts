import { H3Error, type H3Event } from 'h3'
import { describeError } from '#server/runtime/describe-error'
import { useLog } from '#server/runtime/log'
import { requestFields } from './request-line.ts'
import { routeOf } from './route.ts'

/**
 * Logs the cause of a failure, but no values: neither those of a statement nor those of the path, which can be the
 * uuid of a share.
 * @param status the status that stands for the failure, whether or not it has been sent
 */
export function logFailure(error: unknown, event: H3Event, status: number): void {
  const cause = error instanceof H3Error ? error.cause ?? error : error
  useLog().error({
    event: 'request_failed',
    ...requestFields(event),
    method: event.method,
    route: routeOf(event),
    status,
    // Under saturation, stacks would flood the log.
    error: describeError(cause, { hasStack: status !== 503 }),
  })
}
