import { setTimeout } from 'node:timers/promises'
import type { Database } from '#db/client'
import { UnavailableError } from '#db/errors'
import { useConfig } from './config.ts'

/** Maximum number of steps that wait for a connection. Beyond that, the database is saturated. */
const maxWaiting = 1000

let opening: Promise<Database> | undefined
let inUse = 0

/** Sets the database that requests wait for and use. */
export function provideDatabase(database: Promise<Database>): void {
  opening = database
}

/**
 * Lends the database, once it is open, to one step of a request.
 * @throws UnavailableError if too many steps are waiting, or this one times out
 */
export async function withDatabase<Result>(step: (db: Database) => Promise<Result>): Promise<Result> {
  const { databasePoolSize, databaseTimeout } = useConfig()
  if (!opening || inUse >= databasePoolSize + maxWaiting) throw new UnavailableError('The database is saturated.')
  inUse++
  const timeout = new AbortController()
  const work = opening.then(step)
  try {
    return await Promise.race([work, rejectAfter(databaseTimeout, timeout.signal)])
  }
  finally {
    timeout.abort()
    // A step that timed out counts as in use until it has really ended.
    work.catch(() => {}).finally(() => inUse--)
  }
}

async function rejectAfter(milliseconds: number, signal: AbortSignal): Promise<never> {
  await setTimeout(milliseconds, undefined, { signal, ref: false })
  throw new UnavailableError('The database timed out.')
}
