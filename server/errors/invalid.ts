import type { z } from 'zod'
import { fieldsOf } from '#server/contracts/bodies'
import { HttpError } from './http-error.ts'

/** What was wrong with one part of a request. */
export interface Issue {
  code: string
  path: PropertyKey[]
  message: string
}

/** So many mistakes are pointed out at a time: a small body can hold a great many. */
const mostIssues = 100

/** What zod complained of, without what a client has no use for; nothing, if it did not. */
export function issuesOf(error: z.ZodError | undefined): Issue[] {
  return error?.issues.slice(0, mostIssues).map(({ code, path, message }) => ({ code, path, message })) ?? []
}

/** 400, with the ids of the path that are none. */
export function invalidParameters(names: string[]): HttpError {
  return invalid('Invalid parameters', names.map(name => ({ code: 'invalid_type', path: [name], message: `Invalid ${name}` })))
}

/** 400, with the parameters at fault. */
export function invalidQuery(issues: Issue[]): HttpError {
  return invalid(`Invalid query(${[...new Set(issues.map(issue => String(issue.path[0])))].join(', ')})`, issues)
}

/** 400, with the fields that the endpoint takes. */
export function invalidBody(schema: z.ZodType, issues: Issue[]): HttpError {
  return invalid(`Invalid body(${fieldsOf(schema).join(', ')})`, issues)
}

function invalid(message: string, issues: Issue[]): HttpError {
  return new HttpError(400, message, { data: { message, issues } })
}
