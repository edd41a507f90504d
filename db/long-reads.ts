import PQueue from 'p-queue'
import { UnavailableError } from './errors.ts'

/** One is read by the database while another is written by this process. More would only take more memory. */
const queue = new PQueue({ concurrency: 2 })

/** Maximum number of long reads that wait. Most take a few milliseconds. */
const maxWaiting = 300

/**
 * Reads a page with much text, a further page of a long list, or a part of a file, after those that came before.
 * @throws UnavailableError if too many are waiting
 */
export async function inLongReadQueue<Result>(read: () => Promise<Result>): Promise<Result> {
  if (queue.size >= maxWaiting) throw new UnavailableError('Too many long lists are being read.')
  return await queue.add(read)
}

/** Does something with the result of a long read before others begin, because that is in memory. */
export async function finishLongRead<Result>(finish: () => Promise<Result>): Promise<Result> {
  return await queue.add(finish, { priority: 1 })
}
