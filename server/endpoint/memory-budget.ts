import type { ServerResponse } from 'node:http'
import { useConfig, type Config } from '#server/runtime/config'

/** Up to this number of bytes, there is always room, so that large ones cannot keep anyone from working. */
const small = 16 * 1024

/** The limit of the bytes of one kind that are in memory at a time. What they become takes several times as much. */
class MemoryBudget {
  private readonly limit: 'maxTotalBodyBytes' | 'maxTotalResponseBytes'
  private held = 0

  constructor(limit: keyof Config & MemoryBudget['limit']) {
    this.limit = limit
  }

  /** The bytes in memory now. */
  get bytes(): number {
    return this.held
  }

  /**
   * Counts bytes until a response has been sent.
   * @returns a function that counts further bytes, and says whether there is room for them
   */
  holdFor(response: ServerResponse): (bytes: number) => boolean {
    const limit = useConfig()[this.limit]
    let size = 0
    response.once('close', () => this.held -= size)
    return (bytes) => {
      // What arrives after the response is dropped.
      if (response.closed) return false
      size += bytes
      this.held += bytes
      return size <= small || this.held <= limit
    }
  }
}

/** The bytes of request bodies. */
export const requestBodies = new MemoryBudget('maxTotalBodyBytes')

/** The bytes of responses, or of the part of each that is being sent. */
export const responseBodies = new MemoryBudget('maxTotalResponseBytes')
