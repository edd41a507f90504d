import { setImmediate } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { UnavailableError } from '#db/errors'
import { finishLongRead, inLongReadQueue } from '#db/long-reads'

/** Tasks that run until they are told to end. */
function controlledTasks() {
  const running: string[] = []
  const ends = new Map<string, () => void>()
  return {
    running,
    task: (name: string) => () => {
      running.push(name)
      return new Promise<string>(resolve => ends.set(name, () => resolve(name)))
    },
    end: async (name: string) => {
      ends.get(name)!()
      running.splice(running.indexOf(name), 1)
      await setImmediate()
    },
  }
}

describe('long reads', () => {
  // The first one loads the queue.
  beforeAll(() => inLongReadQueue(async () => {}))

  it('run two at a time, and those that have read finish before others begin', async () => {
    const { running, task, end } = controlledTasks()
    const reads = ['a', 'b', 'c'].map(name => inLongReadQueue(task(name)))
    const finish = finishLongRead(task('finish'))
    await setImmediate()
    expect(running).toEqual(['a', 'b'])
    await end('a')
    expect(running).toEqual(['b', 'finish'])
    await end('finish')
    expect(running).toEqual(['b', 'c'])
    await end('b')
    await end('c')
    expect(await Promise.all([...reads, finish])).toEqual(['a', 'b', 'c', 'finish'])
  })

  it('are refused if 300 are waiting', async () => {
    const { task, end } = controlledTasks()
    const running = [inLongReadQueue(task('a')), inLongReadQueue(task('b'))]
    const waiting = Array.from({ length: 300 }, () => inLongReadQueue(async () => 'done'))
    await setImmediate()
    await expect(inLongReadQueue(task('c'))).rejects.toThrow(UnavailableError)
    await end('a')
    await end('b')
    expect(await Promise.all(running)).toEqual(['a', 'b'])
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['done']))
  })
})
