import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { EventLoopTurn } from '#db/event-loop-turn'

describe('a turn of the event loop', () => {
  it('is over after 128 Ki characters', async () => {
    const turn = new EventLoopTurn()
    expect(turn.isOver(100_000)).toBe(false)
    expect(turn.isOver(50_000)).toBe(true)
    await turn.next()
    expect(turn.isOver(100_000)).toBe(false)
  })

  it('is the only one for some iterations, however many wait for theirs', async () => {
    const order: string[] = []
    let iteration = 0
    let isOver = false
    const iterations = (async () => {
      for (; !isOver; iteration++) await setImmediate()
    })()
    const turns = ['a', 'b', 'c'].map(async (name) => {
      await new EventLoopTurn().next()
      order.push(name)
      return iteration
    })
    const [a, b, c] = await Promise.all(turns)
    isOver = true
    await iterations
    expect(order).toEqual(['a', 'b', 'c'])
    expect(b! - a!).toBeGreaterThanOrEqual(7)
    expect(c! - b!).toBeGreaterThanOrEqual(7)
  })
})
