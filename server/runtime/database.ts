import type { Database } from '#db/client'
import { UnavailableError } from '#db/errors'
import { useConfig } from './config.ts'
import { withTimeout } from './timeout.ts'

/** Maximum number of tasks that wait for a connection. Beyond that, the database is saturated. */
const maxWaiting = 1000

let opening: Promise<Database> | undefined
let opened: Database | undefined
let inUse = 0

/** Sets the database that requests wait for and use. */
export function provideDatabase(database: Promise<Database>): void {
  opening = database
  // A failure ends the process; see plugins/lifecycle.ts.
  database.then(db => opened = db, () => {})
}

/**
 * Runs a task with the database, once it is open. The task always settles, because its transactions and statements have
 * deadlines (`db/deadlines.ts`). Its result is awaited, because only that says what has been stored.
 * @throws UnavailableError if too many tasks are waiting, or the database does not open in time
 */
export async function withDatabase<Result>(task: (db: Database) => Promise<Result>): Promise<Result> {
  const { databasePoolSize, databaseTimeout } = useConfig()
  if (!opening || inUse >= databasePoolSize + maxWaiting) throw new UnavailableError('The database is saturated.')
  inUse++
  try {
    return await task(opened ?? await withTimeout(opening, databaseTimeout))
  }
  finally {
    inUse--
  }
}
