import { H3Error } from 'h3'
import {
  ConflictError, EmptyChatError, isUnavailable, NotFoundError, PreconditionFailedError, QuotaExceededError,
  RequestUnderWayError, SessionEndedError,
} from '#db/errors'
import {
  InvalidCredentialsError, OverloadedError, ShareRefusedError, TooManyAttemptsError, WrongPasswordError,
} from '#server/auth/errors'
import { InvalidLinkError } from '#server/files/errors'
import { DiskFullError } from '#server/runtime/disk-space'
import { ShuttingDownError } from '#server/runtime/shutdown'
import { HttpError, overloaded, quotaExceeded, tooManyAttempts, unauthorized } from './http-error.ts'

/** The single table from errors to responses. An unknown error is a 500 that reveals nothing about its cause. */
export function toHttpError(error: unknown): HttpError {
  // h3 wraps errors that are not its own.
  const cause = error instanceof H3Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof HttpError) return cause
  if (cause instanceof NotFoundError) return new HttpError(404, cause.message)
  if (cause instanceof EmptyChatError) return new HttpError(400, cause.message, { name: 'EmptyChat' })
  if (cause instanceof QuotaExceededError) return quotaExceeded(cause.message)
  if (cause instanceof ConflictError) return new HttpError(409, cause.message)
  if (cause instanceof PreconditionFailedError) return new HttpError(412, cause.message)
  if (cause instanceof RequestUnderWayError)
    return new HttpError(409, cause.message, { headers: { 'Retry-After': '1' } })
  if (cause instanceof InvalidCredentialsError)
    return new HttpError(401, cause.message, { name: 'InvalidCredentials' })
  if (cause instanceof SessionEndedError) return unauthorized()
  if (cause instanceof WrongPasswordError) return new HttpError(403, cause.message, { name: 'InvalidCredentials' })
  if (cause instanceof InvalidLinkError) return new HttpError(403, cause.message, { name: 'InvalidLink' })
  if (cause instanceof ShareRefusedError) return shareRefused(cause)
  if (cause instanceof TooManyAttemptsError) return tooManyAttempts(cause)
  if (cause instanceof OverloadedError) return overloaded()
  if (cause instanceof ShuttingDownError) return new HttpError(503, cause.message, { headers: { 'Retry-After': '5' } })
  if (cause instanceof DiskFullError) return new HttpError(503, cause.message, { headers: { 'Retry-After': '60' } })
  if (isUnavailable(cause))
    return new HttpError(503, 'The database is currently unavailable.', { headers: { 'Retry-After': '1' } })
  // Thrown by Nitro, for example for a missing static file.
  if (cause instanceof H3Error && !cause.unhandled && cause.statusCode < 500)
    return new HttpError(cause.statusCode, cause.message)
  return new HttpError(500, 'Internal Server Error')
}

function shareRefused({ verdict, shareInfo }: ShareRefusedError): HttpError {
  const data = { shareInfo }
  switch (verdict) {
    case 'missing':
    case 'inactive':
      return new HttpError(404, 'The share does not exist.', {
        statusMessage: 'Not Found (share not found)', data,
      })
    case 'not-whitelisted':
      return new HttpError(403, 'You are not on the whitelist.', {
        statusMessage: 'Forbidden (not on whitelist)', data,
      })
    case 'session-required':
    case 'password-required':
      return new HttpError(401, 'You are not authorized to view this chat.', {
        statusMessage: 'Unauthorized (incorrect credentials)', data,
      })
  }
}
