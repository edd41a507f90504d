import type { ApiResponse } from '../../tests/support/http.ts'
import type { Context } from '../part.ts'

/** Requests that were sent at the same time; undefined for one without a response. */
export type Outcome = ApiResponse | undefined

/**
 * Waits for requests that were sent at the same time. A response that the server may not give falls.
 * @param allowed the statuses that these requests may get, besides 503
 */
export async function together(
  { tally }: Context,
  kind: string,
  allowed: readonly number[],
  requests: readonly Promise<ApiResponse>[],
): Promise<Outcome[]> {
  tally.tried(kind, requests.length)
  const settled = await Promise.allSettled(requests)
  return settled.map((result) => {
    if (result.status === 'rejected') {
      tally.fell(kind, `no response: ${String(result.reason)}`)
      return undefined
    }
    const { status, text } = result.value
    if (status !== 503 && !allowed.includes(status)) tally.fell(kind, `a response was ${status} ${text.slice(0, 500)}`)
    return result.value
  })
}

/** As many promises as asked for. */
export const times = <T>(count: number, start: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => start(i))

/** A few milliseconds by chance, so that requests meet at different moments. */
export const moment = () => new Promise(resolve => setTimeout(resolve, Math.random() * 15))

/** Whether a request got this response. */
export const hasStatus = (status: number) =>
  (outcome: Outcome): outcome is ApiResponse => outcome?.status === status
