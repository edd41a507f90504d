import { setTimeout } from 'node:timers/promises'
import type { Database } from '#db/client'
import { UnavailableError } from '#db/errors'
import { useConfig } from '#server/config'

/** Steps that may wait for a connection, however many there are; beyond that the database counts as saturated. */
const mostWaiting = 1000

let opened: Promise<Database> | undefined
let inUse = 0

/** Says what the requests wait for. */
export function provideDatabase(database: Promise<Database>): void {
  opened = database
}

/**
 * Lends the database to one step of a request, once it is open.
 * @throws UnavailableError if too many steps are waiting already, or this one takes too long
 */
export async function withDatabase<Result>(step: (db: Database) => Promise<Result>): Promise<Result> {
  const { databasePoolSize, databaseTimeout } = useConfig()
  if (!opened || inUse >= databasePoolSize + mostWaiting) throw new UnavailableError('The database is saturated.')
  inUse++
  const deadline = new AbortController()
  const work = opened.then(step)
  try {
    return await Promise.race([work, overdue(databaseTimeout, deadline.signal)])
  }
  finally {
    deadline.abort()
    // A step that is given up on holds its place until it is truly over.
    work.catch(() => {}).finally(() => inUse--)
  }
}

async function overdue(milliseconds: number, signal: AbortSignal): Promise<never> {
  await setTimeout(milliseconds, undefined, { signal, ref: false })
  throw new UnavailableError('The database took too long.')
}
