import { appendFileSync } from 'node:fs'
import { inject } from 'vitest'
import { deployment } from '../deployments/deployment.ts'
import { statusOf, violationsOf } from './document.ts'
import type { ApiResponse } from './http.ts'

/** Whether a proxy in front of the server has answered by itself, which the server never does in this form. */
const isOfProxy = ({ status, headers }: ApiResponse) =>
  status >= 400 && /^text\/(html|plain)/.test(headers.get('content-type') ?? '')

const noted = new Set<string>()

/**
 * Asserts that a response is as documented, and records which documented status it had.
 * @param path as it was sent, with its query
 * @param isByChance leaves the status unrecorded, because another run may not receive it
 */
export function assertDocumented<Body>(
  method: string,
  path: string,
  response: ApiResponse<Body>,
  isByChance = false,
): ApiResponse<Body> {
  if (deployment && isOfProxy(response)) return response
  const violations = violationsOf(method, path, response)
  if (violations.length > 0)
    throw new Error(`The response to ${method} ${path} is not as documented: ${violations.join('; ')}`)
  const status = statusOf(method, path, response)
  if (status && !isByChance && !noted.has(status)) {
    noted.add(status)
    appendFileSync(inject('statusesSeen'), `${status}\n`)
  }
  return response
}
