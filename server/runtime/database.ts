import { connectionUseOf, type Database } from '#db/client'
import { UnavailableError } from '#db/errors'
import { useConfig } from './config.ts'
import { withTimeout } from './timeout.ts'

/** Maximum number of tasks that wait for a connection. Beyond that, the database is saturated. */
const maxWaiting = 1000

let opening: Promise<Database> | undefined
let opened: Database | undefined
let inUse = 0
/** When the last task ended, in milliseconds. */
let lastUse = 0

/** Sets the database that requests wait for and use. */
export function provideDatabase(database: Promise<Database>): void {
  opening = database
  inUse++
  // A failure ends the process; see plugins/lifecycle.ts.
  database.then(db => opened = db, () => {}).finally(endUse)
}

function endUse(): void {
  inUse--
  lastUse = Date.now()
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
    endUse()
  }
}

/** Connections in use, what waits for one, and the reads that share one. */
export const databaseUse = () => opened ? connectionUseOf(opened).count() : { inUse: 0, waiting: 0, reads: 0 }

let stopWaiting = () => {}

/**
 * Resolves once the database has not been used for some time, or when this is called again.
 * @param idleTime milliseconds
 */
export function untilUnused(idleTime: number): Promise<void> {
  stopWaiting()
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout
    stopWaiting = () => {
      clearTimeout(timer)
      resolve()
    }
    const check = () => {
      const rest = inUse > 0 ? idleTime : lastUse + idleTime - Date.now()
      if (rest > 0) timer = setTimeout(check, rest)
      else resolve()
    }
    check()
  })
}
