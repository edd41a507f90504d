/** The characters that are written in one turn, in about a millisecond. */
const length = 128 * 1024

/**
 * The iterations of the event loop from one turn to the next. Node.js accepts one connection in each, so a new one
 * would wait long behind many others if all of them took long: https://github.com/libuv/libuv/pull/3696.
 */
const distance = 8

/** Continues those that wait for their turn. */
const waiting: (() => void)[] = []

/** Continues the one that has waited longest, after some iterations, and then the others. */
function continueAfter(iterations: number): void {
  setImmediate(() => {
    if (iterations > 1) return continueAfter(iterations - 1)
    waiting.shift()!()
    if (waiting.length > 0) continueAfter(distance)
  })
}

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
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) continueAfter(distance)
    })
    this.rest = length
  }
}
