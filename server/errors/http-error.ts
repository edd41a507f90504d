import { STATUS_CODES } from 'node:http'

/** What an error answer has beside its status and message. */
interface Details {
  /** Instead of the standard words for the status. */
  statusMessage?: string
  /** Instead of `{ message }`. */
  data?: Record<string, unknown>
  headers?: Record<string, string>
}

/** An error that the caller is told about. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly status: number
  readonly statusMessage: string
  readonly data: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(status: number, message: string, { statusMessage = STATUS_CODES[status]!, data = { message }, headers = {} }: Details = {}) {
    super(message)
    this.status = status
    this.statusMessage = statusMessage
    this.data = data
    this.headers = headers
  }

  /** The body of the answer: all errors have one shape. */
  toJSON() {
    const { status: statusCode, statusMessage, message, data } = this
    return { statusCode, statusMessage, message, data }
  }
}

/** 401, for everybody without a session. */
export function unauthorized(): HttpError {
  return new HttpError(401, 'You do not have access to view the information.')
}

/** 400, for a `Host` that is none. */
export function malformedHost(): HttpError {
  return new HttpError(400, 'The Host of the request is not a host.')
}

/** 413, for a body of more than `limit` bytes. */
export function tooLarge(limit: number): HttpError {
  return new HttpError(413, `A request may have a body of at most ${limit} bytes.`)
}

/** 415, for anything that is not JSON. */
export function wrongType(): HttpError {
  return new HttpError(415, 'The content type has to be application/json in UTF-8.')
}

/** 416, for a part that `size` bytes do not have. */
export function noSuchRange(size: number): HttpError {
  return new HttpError(416, 'The file has no such range.', { headers: { 'Content-Range': `bytes */${size}` } })
}
