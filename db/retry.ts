import { isDeadlock } from './errors.ts'

/** The number of times that a transaction is tried. */
const maxAttempts = 4

/**
 * Runs a transaction, and runs it again if the database ended it because it and another one waited for each other.
 * @param run starts the transaction, and has no other effect
 */
export async function retryAfterDeadlock<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    }
    catch (error) {
      if (attempt === maxAttempts || !isDeadlock(error)) throw error
    }
  }
}
