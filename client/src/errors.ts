import type { components } from './schema.ts'

type ErrorData = components['schemas']['Error']['data']
type ShareInfo = components['schemas']['ShareInfo']

/** The kinds of errors of the API. */
export type ErrorCode = ErrorData['name']
/** An invalid part of a request. */
export type Issue = components['schemas']['Issue']

/** An error of this client. */
export class NeptunError extends Error {
  override name = 'NeptunError'
}

/** There was no response: the connection failed or was lost. `cause` is the error of `fetch`. */
export class ConnectionError extends NeptunError {
  override name = 'ConnectionError'
}

/** The time limit passed before the response was complete. */
export class TimeoutError extends ConnectionError {
  override name = 'TimeoutError'
}

/** An error response. Statuses that are common have a class of their own. */
export class ApiError extends NeptunError {
  override name = 'ApiError'
  readonly status: number
  /** The kind of error; undefined if a shared chat was refused, or if the response is not from the API. */
  readonly code: ErrorCode | (string & {}) | undefined
  /** The invalid parts of the request. */
  readonly issues: Issue[]
  /** How the share that was refused is protected. */
  readonly shareInfo: ShareInfo | undefined
  /** The id of the request in the log of the server. */
  readonly requestId: string | undefined
  /** Seconds after which the server allows another try. */
  readonly retryAfter: number | undefined

  /** @param body the parsed body, which can be anything if the response is not from the API */
  constructor(response: Response, body: unknown) {
    const { message, data } = Object(body) as { message?: unknown, data?: unknown }
    super(typeof message === 'string' ? message : `Unexpected response: ${describe(response)}`)
    const { name, issues, shareInfo } = Object(data) as Partial<ErrorData & { shareInfo: ShareInfo }>
    this.status = response.status
    this.code = name
    this.issues = Array.isArray(issues) ? issues : []
    this.shareInfo = shareInfo
    this.requestId = response.headers.get('X-Request-Id') ?? undefined
    this.retryAfter = retryAfterOf(response)
  }
}

/** 400 */
export class BadRequestError extends ApiError {
  override name = 'BadRequestError'
}

/** 400: parts of the request are invalid, which `issues` lists. */
export class ValidationError extends BadRequestError {
  override name = 'ValidationError'
}

/** 401: there is no session, or a password is wrong. */
export class UnauthorizedError extends ApiError {
  override name = 'UnauthorizedError'
}

/** 403 */
export class ForbiddenError extends ApiError {
  override name = 'ForbiddenError'
}

/** 404 */
export class NotFoundError extends ApiError {
  override name = 'NotFoundError'
}

/** 409 */
export class ConflictError extends ApiError {
  override name = 'ConflictError'
}

/** 412: the resource is no longer in the state that `ifMatch` names. */
export class PreconditionFailedError extends ApiError {
  override name = 'PreconditionFailedError'
}

/** 413 */
export class PayloadTooLargeError extends ApiError {
  override name = 'PayloadTooLargeError'
}

/** 422: the `idempotencyKey` belongs to another request. */
export class UnprocessableEntityError extends ApiError {
  override name = 'UnprocessableEntityError'
}

/** 429: `retryAfter` says when to try again. */
export class TooManyRequestsError extends ApiError {
  override name = 'TooManyRequestsError'
}

/** 500 */
export class InternalServerError extends ApiError {
  override name = 'InternalServerError'
}

/** 503 */
export class UnavailableError extends ApiError {
  override name = 'UnavailableError'
}

const classes: Record<number, typeof ApiError> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  412: PreconditionFailedError,
  413: PayloadTooLargeError,
  422: UnprocessableEntityError,
  429: TooManyRequestsError,
  500: InternalServerError,
  503: UnavailableError,
}

/** The error for a response; its class follows from the status. */
export function errorOf(response: Response, body: unknown): ApiError {
  const { data } = Object(body) as { data?: Partial<ErrorData> }
  const ErrorClass = data?.name === 'ValidationError' ? ValidationError : classes[response.status] ?? ApiError
  return new ErrorClass(response, body)
}

/** `Retry-After` in seconds; undefined if there is none. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After')
  if (!value) return undefined
  // `Date.parse` would take 1.5 for a day in 2001.
  const seconds = Number(value)
  if (!Number.isNaN(seconds)) return Math.max(0, seconds)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}

function describe({ status, statusText, type, headers }: Response): string {
  // Browsers do not reveal the status of a redirect.
  if (type === 'opaqueredirect') return 'a redirect'
  const contentType = headers.get('Content-Type')
  return `${status} ${statusText}`.trim() + (contentType ? `, ${contentType}` : '')
}
