import { STATUS_CODES } from 'node:http'
import { expect } from 'vitest'
import type { ApiResponse } from './http.ts'
import type { ErrorBody } from './response-types.ts'

/** The message of a 415 where no files are taken. */
export const notSupported
  = 'The content type must be application/json or application/x-www-form-urlencoded, in UTF-8.'

/** Any ISO 8601 time in UTC, with milliseconds. */
export const anyTimestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

type ErrorName = ErrorBody['data']['name']

/** The names of errors by their status. */
const names: Record<number, ErrorName> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  416: 'RangeNotSatisfiable',
  417: 'ExpectationFailed',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  431: 'HeadersTooLarge',
  500: 'InternalError',
  503: 'Unavailable',
}

/** The names of errors that have another one than their status, by their messages. */
const specificNames: Record<string, ErrorName> = {
  'Invalid credentials': 'InvalidCredentials',
  'Wrong current password': 'InvalidCredentials',
  'This link is invalid or has expired.': 'InvalidLink',
  'The chat has no messages.': 'EmptyChat',
  'The account has no storage left.': 'QuotaExceeded',
  'The account has the maximum number of chats.': 'QuotaExceeded',
  'The account has the maximum number of projects.': 'QuotaExceeded',
  'The message has the maximum number of files.': 'QuotaExceeded',
  'The files of the message have the maximum amount of text.': 'QuotaExceeded',
  'The chat has the maximum number of messages.': 'QuotaExceeded',
}

/** The complete body of an error without issues. */
export function errorBody(status: number, message: string) {
  const data = { name: specificNames[message] ?? names[status], message, issues: [] as unknown[] }
  return { statusCode: status, statusMessage: STATUS_CODES[status], message, data }
}

/** The complete body of a 400 with these issues; by default with any, but at least one. */
export function validationErrorBody(message: string, issues?: unknown[]) {
  const issue = { code: expect.any(String), path: expect.any(Array), message: expect.any(String) }
  const data = { name: 'ValidationError', message, issues: issues ?? expect.arrayContaining([issue]) }
  return { ...errorBody(400, message), data }
}

/** The top-level fields that the issues of a 400 name, without duplicates. */
export const issueFields = (response: { error: ErrorBody }) =>
  [...new Set(response.error.data.issues.map(({ path }) => path[0]))]

interface Rest {
  statusMessage?: string
  /** What replaces the name, the message and the issues. */
  data?: unknown
}

/** Asserts an error with exactly the fields that every error has. */
export function expectError(
  response: ApiResponse,
  status: number,
  message: string,
  { statusMessage = STATUS_CODES[status], data = errorBody(status, message).data }: Rest = {},
): void {
  expect(response.body).toStrictEqual({ ...errorBody(status, message), statusMessage, data })
  expect(response.status).toBe(status)
  expect(response.statusText).toBe(statusMessage)
  expectUncachedJson(response)
}

/** Asserts a 400 with one issue per field, in this order; '' is an issue with the request as a whole. */
export function expectInvalid(response: ApiResponse, message: string, ...fields: string[]): void {
  const issues = fields.map((field) => {
    const path = field ? [field] : []
    return { code: expect.any(String), path, message: expect.any(String) }
  })
  expectError(response, 400, message, validationErrorBody(message, issues))
}

/** Asserts a response with exactly this JSON body. */
export function expectJson(response: ApiResponse, status: number, body: unknown): void {
  expect(response.body).toStrictEqual(body)
  expect(response.status).toBe(status)
  expectUncachedJson(response)
}

function expectUncachedJson({ headers }: ApiResponse): void {
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('cache-control')).toBe('private, no-store')
}
