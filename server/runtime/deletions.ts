import { isUnavailable } from '#db/errors'
import { withDatabase } from './database.ts'
import { describeError } from './describe-error.ts'
import { assertRoom } from './disk-space.ts'
import { useLog } from './log.ts'
import { isShuttingDown } from './shutdown.ts'

/** Milliseconds before the next attempt after a failure. They double up to a minute. */
const firstDelay = 1000
const maxDelay = 60_000

let delay = firstDelay
let isRunning = false
let isRequested = false

/**
 * Starts to delete, in steps, what deletions have left: those of this process, and those that another process could not
 * complete. Called at the start and after each deletion of something that can be large.
 */
export function continueDeletions(): void {
  isRequested = true
  if (!isRunning) runSteps().catch(retryLater)
}

async function runSteps(): Promise<void> {
  isRunning = true
  try {
    const { continueDeletion } = await import('#db/repositories/continue-deletion')
    while (isRequested) {
      isRequested = false
      do await assertRoom()
      while (!isShuttingDown() && await withDatabase(continueDeletion))
      delay = firstDelay
    }
  }
  finally {
    isRunning = false
  }
}

function retryLater(error: unknown): void {
  if (isShuttingDown()) return
  // A process that has just been killed may hold its locks for a moment.
  if (delay > firstDelay || !isUnavailable(error))
    useLog().error({ event: 'deletion_failed', retry_after_ms: delay, error: describeError(error) })
  setTimeout(continueDeletions, delay).unref()
  delay = Math.min(2 * delay, maxDelay)
}
