/** The characters that are written in one turn, in about a millisecond. */
const length = 128 * 1024

/** What waits in it continues one at a time, some iterations of the event loop apart. */
export class IterationQueue {
  private readonly distance: number
  private readonly waiting: (() => void)[] = []

  /** @param distance iterations from one to the next */
  constructor(distance: number) {
    this.distance = distance
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.push(resolve) === 1) this.continueAfter(this.distance)
    })
  }

  private continueAfter(iterations: number): void {
    setImmediate(() => {
      if (iterations > 1) return this.continueAfter(iterations - 1)
      this.waiting.shift()!()
      if (this.waiting.length > 0) this.continueAfter(this.distance)
    })
  }
}

/**
 * Node.js accepts one connection in each iteration, so a new one would wait long behind many others if all iterations
 * took long: https://github.com/libuv/libuv/pull/3696.
 */
const turns = new IterationQueue(8)

/**
 * Splits long work on text into turns of the event loop, so that others get theirs in between. However much long work
 * there is, only one turn of it happens at a time.
 */
export class EventLoopTurn {
  private rest = length

  /**
   * Counts work that has been done.
   * @param characters that were written
   * @returns whether to go on in the {@link next} turn
   */
  isOver(characters: number): boolean {
    this.rest -= characters
    return this.rest <= 0
  }

  async next(): Promise<void> {
    await turns.next()
    this.rest = length
  }
}
