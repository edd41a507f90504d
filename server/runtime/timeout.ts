import { UnavailableError } from '#db/errors'

/**
 * Waits for work that uses the database, which goes on after the timeout.
 * @param timeout milliseconds
 * @throws UnavailableError if the work does not settle in time
 */
export function withTimeout<Result>(work: Promise<Result>, timeout: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new UnavailableError('The database timed out.')), timeout).unref()
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
