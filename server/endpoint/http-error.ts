import { STATUS_CODES } from 'node:http'
import { errorNameOf, type SpecificErrorName } from '#server/contracts/kit/error-names'
import type { Issue } from '#server/contracts/kit/issues'
import { maxIssues } from '#server/contracts/kit/limits'

/** A limit of load that this folder enforces. */
export type LoadLimit = 'user-requests' | 'address-responses' | 'request-bodies' | 'response-bodies'

interface Options {
  /** Replaces the name of the status. */
  name?: SpecificErrorName
  /** The invalid parts of the request. */
  issues?: readonly Issue[]
  /** Replaces the standard reason phrase of the status. */
  statusMessage?: string
  /** Replaces the name, the message and the issues. */
  data?: Record<string, unknown>
  headers?: Record<string, string>
  /** The limit that is exceeded. */
  limit?: LoadLimit
}

/** An error response. Only this directory creates them; the code below throws domain errors. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly status: number
  readonly statusMessage: string
  readonly data: Record<string, unknown>
  readonly headers: Record<string, string>
  readonly limit: LoadLimit | undefined

  constructor(
    status: number,
    message: string,
    { name, issues = [], statusMessage = STATUS_CODES[status]!, data, headers = {}, limit }: Options = {},
  ) {
    super(message)
    this.status = status
    this.statusMessage = statusMessage
    this.data = data ?? { name: name ?? errorNameOf(status), message, issues: issues.slice(0, maxIssues).map(toPublic) }
    this.headers = headers
    this.limit = limit
  }

  /** The body of the response. */
  toJSON() {
    const { status: statusCode, statusMessage, message, data } = this
    return { statusCode, statusMessage, message, data }
  }
}

/** An issue without what is of no use to clients. All elements of its path are text. */
const toPublic = ({ code, path, message }: Issue) => ({ code, path: path.map(String), message })

/** 401: no session, or one that has ended. */
export const unauthorized = () => new HttpError(401, 'You do not have access to view the information.')

/** 400: malformed Host header. */
export const malformedHost = () => new HttpError(400, 'The Host header is malformed.')

/** 400: the client closed the connection before the response. Never sent. */
export const clientGone = () => new HttpError(400, 'The client closed the connection.')

/** 400: the client closed the connection before the end of the body. */
export const incompleteBody = () => new HttpError(400, 'The request body is incomplete.')

/** 400: not HTTP. */
export const invalidHttp = () => new HttpError(400, 'The request is not valid HTTP.')

/** 403: a page of another site tries to change something. */
export const crossSiteChange = () => new HttpError(403, 'Changes from other sites are not allowed.')

/** 404: no such path. */
export const pathNotFound = () => new HttpError(404, 'No endpoint matches this path.')

/** 405: the path exists, but not with this method. */
export const methodNotAllowed = (allow: string) =>
  new HttpError(405, 'This path does not support this method.', { headers: { Allow: allow } })

/** 408: headers or a body that did not arrive in time. */
export const requestTimeout = () =>
  new HttpError(408, 'The request did not arrive in time.', { headers: { Connection: 'close' } })

/** 409: there is no room left for what would be stored. */
export const quotaExceeded = (message: string) =>
  new HttpError(409, message, { name: 'QuotaExceeded' })

/** 409: rows that a request created have been deleted since, so that it cannot be answered again. */
export const createdRowsGone = () =>
  new HttpError(409, 'What the first request with this Idempotency-Key created has been deleted.')

/** 422: an idempotency key that belongs to another request. */
export const otherRequestWithKey = () =>
  new HttpError(422, 'The Idempotency-Key belongs to another request.')

/** 413: body larger than `limit` bytes. */
export const payloadTooLarge = (limit: number) =>
  new HttpError(413, `The request body exceeds the limit of ${limit} bytes.`)

/** 413: file larger than `limit` bytes. */
export const fileTooLarge = (limit: number) => new HttpError(413, `A file exceeds the limit of ${limit} bytes.`)

/** 415: content type or encoding that the endpoint does not take. */
export const unsupportedMediaType = (takesFiles = false) => new HttpError(415, 'The content type must be '
  + `application/json or application/x-www-form-urlencoded, in UTF-8${takesFiles ? ', or multipart/form-data' : ''}.`)

/** 416: range outside a file of `size` bytes. */
export const rangeNotSatisfiable = (size: number) =>
  new HttpError(416, 'The file has no such range.', { headers: { 'Content-Range': `bytes */${size}` } })

interface ExceededLimit {
  limitName: string
  limit: { attempts: number, window: number }
  retryAfter: number
}

/**
 * 429: too many attempts to guess a secret. The fields are those of draft-ietf-httpapi-ratelimit-headers.
 */
export const tooManyAttempts = ({ limitName, limit, retryAfter }: ExceededLimit) =>
  new HttpError(429, 'There have been too many attempts.', {
    headers: {
      'Retry-After': String(retryAfter),
      'RateLimit-Policy': `"${limitName}";q=${limit.attempts};w=${limit.window}`,
      'RateLimit': `"${limitName}";r=0;t=${retryAfter}`,
    },
  })

/** 417: an `Expect` header other than `100-continue`. */
export const expectationFailed = () => new HttpError(417, 'The Expect header must be 100-continue.')

/** 431: headers larger than Node.js reads, which is 16 kB. */
export const headersTooLarge = () => new HttpError(431, 'The headers exceed the limit of 16 kB.')

/** 429: too many requests of a user or an address at a time. */
export const tooManyRequests = (limit: LoadLimit) =>
  new HttpError(429, 'Too many requests are being processed.', { headers: { 'Retry-After': '1' }, limit })

/** 503: too many bytes of request bodies in memory. */
export const tooManyBodies = () =>
  new HttpError(503, 'Too many large requests are being processed.', {
    headers: { 'Retry-After': '1' }, limit: 'request-bodies',
  })

/** 503: too many bytes of responses in memory. */
export const tooManyResponses = () =>
  new HttpError(503, 'Too many large responses are being sent.', {
    headers: { 'Retry-After': '1' }, limit: 'response-bodies',
  })

/** 503: too many passwords are waiting to be hashed. */
export const overloaded = () =>
  new HttpError(503, 'Too many passwords are waiting to be hashed.', { headers: { 'Retry-After': '5' } })
