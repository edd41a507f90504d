import type { LRUCache } from 'lru-cache'
import type PQueue from 'p-queue'
import { UnavailableError } from './errors.ts'
import { EventLoopTurn } from './event-loop-turn.ts'

let queue: Promise<PQueue> | undefined

/** The pages that were long when they were read last. */
let longPages: LRUCache<string, true> | undefined

/**
 * Two at a time: one is read by the database while another is written by this process. More would only take memory.
 * Everything is loaded at its first use, because the start should be quick.
 */
const useQueue = () => queue ??= loadQueue()

async function loadQueue(): Promise<PQueue> {
  const [{ default: Queue }, { LRUCache }] = await Promise.all([import('p-queue'), import('lru-cache')])
  longPages = new LRUCache({ max: 10_000 })
  return new Queue({ concurrency: 2 })
}

/** Whether a page was long when it was read last. Until it is not, nobody tries to read it as a short one. */
export const wasLong = (page: string): boolean => longPages?.has(page) ?? false

/** Notes whether a page that has been read in the queue is long. */
export function noteLength(page: string, isLong: boolean): void {
  if (isLong) longPages?.set(page, true)
  else longPages?.delete(page)
}

/** Maximum number of long reads that wait. Most take a few milliseconds. */
const maxWaiting = 300

/**
 * Reads a page with much text, a further page of a long list, or a part of a file, after those that came before.
 * @param assertAwaited throws if nobody waits for the result any more. Then nothing is read.
 * @throws UnavailableError if too many are waiting
 */
export async function inLongReadQueue<Result>(
  read: () => Promise<Result>,
  assertAwaited?: () => void,
): Promise<Result> {
  const queue = await useQueue()
  if (queue.size >= maxWaiting) throw new UnavailableError('Too many long lists are being read.')
  return await queue.add(async () => {
    assertAwaited?.()
    await new EventLoopTurn().next()
    assertAwaited?.()
    return read()
  })
}

/** Does something with the result of a long read before others begin, because that is in memory. */
export async function finishLongRead<Result>(finish: () => Promise<Result>): Promise<Result> {
  return await (await useQueue()).add(finish, { priority: 1 })
}
