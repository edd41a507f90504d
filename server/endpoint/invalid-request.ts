import type { z } from 'zod'
import { issue, type Issue } from '#server/contracts/kit/issues'
import { fieldsOf } from '#server/contracts/kit/shapes'
import { HttpError } from './http-error.ts'

/** The issues of a zod error; none if there is no error. */
export const issuesOf = (error: z.ZodError | undefined): Issue[] => error?.issues ?? []

/** 400 for malformed ids in the path. */
export function invalidParameters(names: string[]): HttpError {
  return invalid('Invalid parameters', names.map(name => issue([name], `Invalid ${name}`, 'invalid_type')))
}

/** 400 for query parameters, which the message names. */
export function invalidQuery(issues: Issue[]): HttpError {
  const names = new Set(issues.map(({ path }) => String(path[0])))
  return invalid(`Invalid query(${[...names].join(', ')})`, issues)
}

/** 400 for a header, which the message names. */
export function invalidHeader(name: string, message: string): HttpError {
  return invalid(`Invalid header(${name})`, [issue([name], message, 'invalid_format')])
}

/** 400 for a body. The message names all fields that the endpoint takes. */
export function invalidBody(schema: z.ZodType, issues: Issue[]): HttpError {
  return invalid(`Invalid body(${fieldsOf(schema).join(', ')})`, issues)
}

function invalid(message: string, issues: Issue[]): HttpError {
  return new HttpError(400, message, { name: 'ValidationError', issues })
}
