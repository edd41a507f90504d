import type { z } from 'zod'
import { fieldsOf } from '#server/contracts/kit/bodies'
import { issue, type Issue } from '#server/contracts/kit/issues'
import { HttpError } from './http-error.ts'

/** Maximum number of issues in an error. A small body can have a great many. */
const maxIssues = 100

/** The issues of a zod error, without what is of no use to clients; none if there is no error. */
export function issuesOf(error: z.ZodError | undefined): Issue[] {
  return error?.issues.slice(0, maxIssues).map(({ code, path, message }) => ({ code, path, message })) ?? []
}

/** 400 for malformed ids in the path. */
export function invalidParameters(names: string[]): HttpError {
  return invalid('Invalid parameters', names.map(name => issue([name], `Invalid ${name}`, 'invalid_type')))
}

/** 400 for query parameters, which the message names. */
export function invalidQuery(issues: Issue[]): HttpError {
  const names = new Set(issues.map(({ path }) => String(path[0])))
  return invalid(`Invalid query(${[...names].join(', ')})`, issues)
}

/** 400 for a body. The message names all fields that the endpoint takes. */
export function invalidBody(schema: z.ZodType, issues: Issue[]): HttpError {
  return invalid(`Invalid body(${fieldsOf(schema).join(', ')})`, issues)
}

function invalid(message: string, issues: Issue[]): HttpError {
  return new HttpError(400, message, { data: { message, issues } })
}
