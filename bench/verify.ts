import { isDeepStrictEqual } from 'node:util'
import { endpoints, type BenchRequest } from './endpoints.ts'
import type { BenchUser } from './fixture.ts'
import { sendRequest } from './send-request.ts'

/**
 * Checks that other servers answer as the reference does: the same JSON, apart from signatures and their expiry, and
 * the same status for foreign resources and for requests without a session. Creates rows.
 * @throws Error that names the first request with a different answer
 */
export async function verifySameAnswers(
  reference: string,
  others: readonly string[],
  users: readonly BenchUser[],
): Promise<void> {
  const [first, last] = [users[0]!, users.at(-1)!]
  const requests = Object.values(endpoints)
    .flatMap(({ requestsOf }) => [requestsOf(first)[0]!, requestsOf(last).at(-1)!])
  for (const request of [...requests, ...refusedRequests(first, last)]) {
    const expected = await answerTo(reference, request)
    for (const other of others) {
      const actual = await answerTo(other, request)
      if (!isDeepStrictEqual(actual, expected)) {
        const show = (answer: object) => JSON.stringify(answer).slice(0, 2000)
        throw new Error(`A bare server answers ${request.method} ${request.path} with\n${show(actual)}\n`
          + `instead of\n${show(expected)}`)
      }
    }
  }
}

/** Requests for what belongs to another user, and requests without a session. */
function refusedRequests(user: BenchUser, other: BenchUser): BenchRequest[] {
  return Object.values(endpoints).flatMap(({ requestsOf }) => {
    const [own, foreign] = [requestsOf(user)[0]!, requestsOf(other)[0]!]
    if (!foreign.cookie) return []
    const path = foreign.path.replace(`/users/${other.id}/`, `/users/${user.id}/`)
    return [{ ...foreign, cookie: own.cookie }, { ...own, path }, { ...own, cookie: undefined }]
  })
}

/** An answer, in a form in which it does not depend on the server and its time. Of an error, only the status. */
async function answerTo(url: string, request: BenchRequest): Promise<{ status: number, body: unknown }> {
  const response = await sendRequest(url, request)
  const text = await response.text()
  if (!response.ok) return { status: response.status, body: undefined }
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  const isNew = request.method === 'POST'
  const value: unknown = isJson
    ? JSON.parse(text, (key, value: unknown) => {
        if (key === 'url') return new URL(value as string).pathname
        if (key === 'next_cursor') return (value as string | null)?.split('.')[0]
        return isNew && ['id', 'created_at', 'updated_at'].includes(key) ? typeof value : value
      })
    : text
  return { status: response.status, body: value }
}
