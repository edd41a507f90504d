import { setTimeout } from 'node:timers/promises'
import { UnavailableError } from '#db/errors'

/**
 * Waits for work that uses the database, which goes on after the timeout.
 * @param timeout milliseconds
 * @throws UnavailableError if the work does not settle in time
 */
export async function withTimeout<Result>(work: Promise<Result>, timeout: number): Promise<Result> {
  const settled = new AbortController()
  try {
    return await Promise.race([work, rejectAfter(timeout, settled.signal)])
  }
  finally {
    settled.abort()
  }
}

async function rejectAfter(timeout: number, signal: AbortSignal): Promise<never> {
  await setTimeout(timeout, undefined, { signal, ref: false })
  throw new UnavailableError('The database timed out.')
}
