import { H3Error } from 'h3'
import { ConflictError, EmptyChatError, isOwnerGone, isUnavailable, NotFoundError } from '#db/errors'
import { HttpError } from './http-error.ts'

/** The one table from errors to statuses. Whatever it does not know is a 500 that tells nothing of its cause. */
export function toHttpError(error: unknown): HttpError {
  // What the framework makes of a plain object has that as its cause, which says less than the error itself.
  const cause = error instanceof H3Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof HttpError) return cause
  if (cause instanceof NotFoundError) return new HttpError(404, cause.message)
  if (cause instanceof EmptyChatError) return new HttpError(400, cause.message)
  if (isOwnerGone(cause)) return toHttpError(new NotFoundError('User'))
  if (cause instanceof ConflictError) return new HttpError(409, cause.message)
  if (isUnavailable(cause))
    return new HttpError(503, 'The database cannot be reached just now.', { headers: { 'Retry-After': '1' } })
  // The framework's own, such as a static file that is not there.
  if (cause instanceof H3Error && !cause.unhandled && cause.statusCode < 500) return new HttpError(cause.statusCode, cause.message)
  return new HttpError(500, 'Internal Server Error')
}
