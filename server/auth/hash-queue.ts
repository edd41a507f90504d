import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import type { Client } from './client.ts'
import { OverloadedError } from './errors.ts'

/** One processor, and one of the four threads of Node.js, are left to everything else. */
const queue = new PQueue({ concurrency: Math.min(3, Math.max(1, availableParallelism() - 1)) })

/** Hashing a password takes about a quarter of a second, so none of them waits very long. */
const maxWaiting = 60

/** The tasks that one address may have in the queue, so that it cannot keep others out. */
const maxPerAddress = 20
const perAddress = new Map<string, number>()

/** The tasks that are running, and those that wait for their turn. */
export const hashQueueUse = () => ({ running: queue.pending, waiting: queue.size })

/**
 * Runs a task that hashes a password. Many at once wait for one another, and take neither all processors nor places
 * and time of the database.
 * @param client who waits for the task; a task that has not begun leaves the queue when the client goes away
 * @throws OverloadedError if too many tasks are waiting, in all or from this address
 */
export async function inHashQueue<Result>(
  task: () => Promise<Result>,
  client?: Pick<Client, 'address' | 'signal'>,
): Promise<Result> {
  const [address, signal] = [client?.address ?? '', client?.signal]
  signal?.throwIfAborted()
  const waitingHere = perAddress.get(address) ?? 0
  if (queue.size >= maxWaiting || (client && waitingHere >= maxPerAddress)) throw new OverloadedError()
  perAddress.set(address, waitingHere + 1)
  // A task that has begun keeps its place until it ends, because bcrypt cannot be stopped.
  const waiting = new AbortController()
  const leave = () => waiting.abort(signal?.reason)
  signal?.addEventListener('abort', leave)
  const start = () => {
    signal?.removeEventListener('abort', leave)
    return task()
  }
  try {
    return await queue.add(start, { signal: waiting.signal })
  }
  finally {
    const left = perAddress.get(address)! - 1
    if (left > 0) perAddress.set(address, left)
    else perAddress.delete(address)
  }
}
