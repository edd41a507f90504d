import { setImmediate } from 'node:timers/promises'

/** The characters that are written in one turn, in about a millisecond. */
const length = 128 * 1024

/** Splits long work on text into turns of the event loop, so that others get theirs in between. */
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
    await setImmediate()
    this.rest = length
  }
}
