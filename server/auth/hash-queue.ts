import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import { OverloadedError } from './errors.ts'

/** One processor, and one of the four threads of Node.js, are left to everything else. */
const queue = new PQueue({ concurrency: Math.min(3, Math.max(1, availableParallelism() - 1)) })

/** Hashing a password takes about a quarter of a second, so none of them waits very long. */
const maxWaiting = 60

/**
 * Runs a task that hashes a password. Many at once wait for one another, and take neither all processors nor places
 * and time of the database.
 * @param client aborts when the client has gone away, which takes a waiting task out of the queue
 * @throws OverloadedError if too many tasks are waiting
 */
export async function inHashQueue<Result>(task: () => Promise<Result>, client?: AbortSignal): Promise<Result> {
  client?.throwIfAborted()
  if (queue.size >= maxWaiting) throw new OverloadedError()
  // A task that has begun keeps its place until it ends, because bcrypt cannot be stopped.
  const waiting = new AbortController()
  const leave = () => waiting.abort(client?.reason)
  client?.addEventListener('abort', leave)
  const start = () => {
    client?.removeEventListener('abort', leave)
    return task()
  }
  return await queue.add(start, { signal: waiting.signal })
}
