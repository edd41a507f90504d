import { isDeadlock } from './errors.ts'

/** The number of times that a transaction is tried. */
const maxAttempts = 4

/**
 * Runs a transaction, and retries it if it ends in a deadlock.
 * @param run starts the transaction, and has no other effect
 * @throws the error of the last attempt, or any other error at once
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
