import { appendFileSync } from 'node:fs'
import { inject } from 'vitest'
import { statusOf, violationsOf } from './document.ts'
import type { Answer } from './http.ts'

const noted = new Set<string>()

/**
 * Holds an answer that a test received against the document, and notes which of the declared statuses it was.
 * @param path as it was sent, with its query
 * @param isByChance so that it is not noted: the next run may not see it
 * @throws Error if the answer is not what the document says
 */
export function witness(method: string, path: string, answer: Answer, isByChance = false): Answer {
  const violations = violationsOf(method, path, answer)
  if (violations.length > 0) throw new Error(`The answer to ${method} ${path} is not as documented: ${violations.join('; ')}`)
  const status = statusOf(method, path, answer)
  if (status && !isByChance && !noted.has(status)) {
    noted.add(status)
    appendFileSync(inject('statusesSeen'), `${status}\n`)
  }
  return answer
}
