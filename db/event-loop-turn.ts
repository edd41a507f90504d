/** The characters that are written in one turn, in about a millisecond. */
const length = 128 * 1024

/** Continues those that wait for their turn. */
const waiting: (() => void)[] = []

function continueFirst(): void {
  waiting.shift()!()
  if (waiting.length > 0) setImmediate(continueFirst)
}

/**
 * Splits long work on text into turns of the event loop, so that others get theirs in between. However much long work
 * there is, each iteration of the event loop does only one turn of it.
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
      if (waiting.push(resolve) === 1) setImmediate(continueFirst)
    })
    this.rest = length
  }
}
