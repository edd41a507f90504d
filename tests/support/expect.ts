import { STATUS_CODES } from 'node:http'
import { expect } from 'vitest'
import type { Answer, Json } from './http.ts'

/** ISO 8601 in UTC, with milliseconds. */
export const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** The whole body of an error that names no part of the request. */
export const errorBody = (status: number, message: string) =>
  ({ statusCode: status, statusMessage: STATUS_CODES[status], message, data: { message } })

/** The whole body of a 400 that blames parts of the request. */
export const invalidBody = (message: string) => ({
  ...errorBody(400, message),
  data: { message, issues: expect.arrayContaining([{ code: expect.any(String), path: expect.any(Array), message: expect.any(String) }]) },
})

/** The first names in the paths of the issues of a 400. */
export const blamed = (answer: { body: Json }): string[] =>
  [...new Set<string>(answer.body.data.issues.map(({ path }: { path: string[] }) => path[0]))]

interface Rest {
  statusMessage?: string
  data?: unknown
}

/** An error in the one shape that all errors have, and nothing beside it. */
export function expectError(answer: Answer, status: number, message: string, { statusMessage, data = { message } }: Rest = {}): void {
  const words = statusMessage ?? STATUS_CODES[status]
  expect(answer.body).toStrictEqual({ ...errorBody(status, message), statusMessage: words, data })
  expect(answer.status).toBe(status)
  expect(answer.statusText).toBe(words)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
}

/** A 400 with one issue for each of these fields, in this order; '' stands for the whole. */
export function expectInvalid(answer: Answer, message: string, ...fields: string[]): void {
  const issues = fields.map(field => ({ code: expect.any(String), path: field ? [field] : [], message: expect.any(String) }))
  expectError(answer, 400, message, { data: { message, issues } })
}

/** A success, as JSON that is for nobody to keep. */
export function expectJson(answer: Answer, status: number, body: unknown): void {
  expect(answer.body).toStrictEqual(body)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
}
