import { ConnectionError, retryAfterOf } from './errors.ts'

/** The server did not process these requests. */
const refused = [429, 503]
/** A proxy received no response from the server. */
const lost = [502, 504]

/**
 * Decides whether a request is repeated.
 *
 * What the server has refused for now is repeated, whatever it is. A lost request may have succeeded, so it is repeated
 * only if the response is then the same: GET and HEAD, and what has an `Idempotency-Key`. The second DELETE would be a
 * 404, the second PATCH with `If-Match` a 412, and the second sign-up a 409.
 *
 * @param outcome of the last try
 * @param retries how often the request has been repeated
 * @param maxDelay milliseconds to wait at most
 * @returns milliseconds to wait before the next try; undefined if there must be none
 */
export function delayBeforeRetry(
  outcome: Response | ConnectionError,
  { method = 'GET', headers }: { method?: string, headers: Headers },
  retries: number,
  maxDelay: number,
): number | undefined {
  const isRepeatable = /^(GET|HEAD)$/.test(method) || headers.has('Idempotency-Key')
  // Full jitter, so that clients that fail together do not return together.
  const backoff = Math.random() * Math.min(8000, 500 * 2 ** retries, maxDelay)
  if (outcome instanceof ConnectionError) return isRepeatable ? backoff : undefined
  const { status } = outcome
  const seconds = retryAfterOf(outcome)
  // The first request with the same key is still being processed.
  const isUnderWay = status === 409 && seconds !== undefined
  const mayRepeat = refused.includes(status) || isUnderWay || (isRepeatable && lost.includes(status))
  if (!mayRepeat) return undefined
  if (seconds === undefined) return backoff
  return seconds * 1000 <= maxDelay ? seconds * 1000 : undefined
}
