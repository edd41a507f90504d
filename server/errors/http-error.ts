import type { z } from 'zod'

/** What was wrong with one part of a request. */
export interface Issue {
  code: string
  path: PropertyKey[]
  message: string
}

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
  readonly details: Details

  constructor(status: number, message: string, details: Details = {}) {
    super(message)
    this.status = status
    this.details = details
  }
}

/** 400, with the parts of the request that were wrong. */
export function invalid(message: string, issues: Issue[]): HttpError {
  return new HttpError(400, message, { data: { message, issues } })
}

/** So many mistakes are pointed out at a time: a small body can hold a great many. */
const mostIssues = 100

/** What zod complained of, without what a client has no use for; nothing, if it did not. */
export function issuesOf(error: z.ZodError | undefined): Issue[] {
  return error?.issues.slice(0, mostIssues).map(({ code, path, message }) => ({ code, path, message })) ?? []
}

/** 401, for everybody without a session. */
export function unauthorized(): HttpError {
  return new HttpError(401, 'You do not have access to view the information.')
}
