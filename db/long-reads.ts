import { LRUCache } from 'lru-cache'
import type PQueue from 'p-queue'
import { UnavailableError } from './errors.ts'
import { EventLoopTurn } from './event-loop-turn.ts'

let queue: Promise<PQueue> | undefined

/**
 * Two at a time: one is read by the database while another is written by this process. More would only take memory. It
 * is loaded at its first use, because the start should be quick.
 */
const useQueue = () => queue ??= import('p-queue').then(({ default: Queue }) => new Queue({ concurrency: 2 }))

/** Maximum number of long reads that wait. Most take a few milliseconds. */
const maxWaiting = 300

/**
 * Reads a page with much text, a further page of a long list, or a part of a file, after those that came before.
 * @throws UnavailableError if too many are waiting
 */
export async function inLongReadQueue<Result>(read: () => Promise<Result>): Promise<Result> {
  const queue = await useQueue()
  if (queue.size >= maxWaiting) throw new UnavailableError('Too many long lists are being read.')
  return await queue.add(async () => {
    await new EventLoopTurn().next()
    return read()
  })
}

/** The pages that were long when they were read last. Until they are not, nobody tries to read them as short ones. */
export const longPages = new LRUCache<string, true>({ max: 10_000 })

/** Does something with the result of a long read before others begin, because that is in memory. */
export async function finishLongRead<Result>(finish: () => Promise<Result>): Promise<Result> {
  return await (await useQueue()).add(finish, { priority: 1 })
}
