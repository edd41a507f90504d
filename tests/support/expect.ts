import { STATUS_CODES } from 'node:http'
import { expect } from 'vitest'
import type { ApiResponse } from './http.ts'
import type { ErrorBody } from './response-types.ts'

/** Any ISO 8601 time in UTC, with milliseconds. */
export const anyTimestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** The complete body of an error without issues. */
export const errorBody = (status: number, message: string) =>
  ({ statusCode: status, statusMessage: STATUS_CODES[status], message, data: { message } })

/** The complete body of a 400 with issues. */
export function validationErrorBody(message: string) {
  const issue = { code: expect.any(String), path: expect.any(Array), message: expect.any(String) }
  return { ...errorBody(400, message), data: { message, issues: expect.arrayContaining([issue]) } }
}

/** The top-level fields that the issues of a 400 name, without duplicates. */
export const issueFields = (response: { error: ErrorBody }) =>
  [...new Set(response.error.data.issues!.map(({ path }) => path[0]))]

interface Rest {
  statusMessage?: string
  data?: unknown
}

/** Asserts an error with exactly the fields that every error has. */
export function expectError(
  response: ApiResponse,
  status: number,
  message: string,
  { statusMessage = STATUS_CODES[status], data = { message } }: Rest = {},
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
  expectError(response, 400, message, { data: { message, issues } })
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
