import { STATUS_CODES } from 'node:http'
import { expect } from 'vitest'

/** ISO 8601 in UTC with milliseconds. */
export const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** The whole body of an error that names no part of the request. */
export const errorBody = (status: number, message: string) =>
  ({ statusCode: status, statusMessage: STATUS_CODES[status], message, data: { message } })

/** The whole body of a 400 that blames these parts of the request, and perhaps more than one rule each. */
export const invalidBody = (message: string) => ({
  statusCode: 400,
  statusMessage: 'Bad Request',
  message,
  data: { message, issues: expect.arrayContaining([{ code: expect.any(String), path: expect.any(Array), message: expect.any(String) }]) },
})

/** The first names in the paths of the issues of a 400. */
export const blamed = (answer: { body: any }): string[] =>
  [...new Set<string>(answer.body.data.issues.map(({ path }: { path: string[] }) => path[0]))]
