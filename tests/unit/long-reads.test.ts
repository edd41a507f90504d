import { beforeAll, describe, expect, it, vi } from 'vitest'
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
    end: (name: string) => {
      running.splice(running.indexOf(name), 1)
      ends.get(name)!()
    },
    /** Waits until exactly these are running, in the order in which they began. */
    becomes: (...names: string[]) => vi.waitFor(() => expect(running).toEqual(names)),
  }
}

describe('long reads', () => {
  // The first one loads the queue.
  beforeAll(() => inLongReadQueue(async () => {}))

  it('run two at a time, and those that have read finish before others begin', async () => {
    const { task, end, becomes } = controlledTasks()
    const reads = ['a', 'b', 'c'].map(name => inLongReadQueue(task(name)))
    const finish = finishLongRead(task('finish'))
    await becomes('a', 'b')
    end('a')
    await becomes('b', 'finish')
    end('finish')
    await becomes('b', 'c')
    end('b')
    end('c')
    expect(await Promise.all([...reads, finish])).toEqual(['a', 'b', 'c', 'finish'])
  })

  it('do not begin if nobody waits for them any more', async () => {
    const { task, end, becomes, running } = controlledTasks()
    const reads = ['a', 'b'].map(name => inLongReadQueue(task(name)))
    let isAwaited = true
    const abandoned = inLongReadQueue(task('c'), () => {
      if (!isAwaited) throw new Error('abandoned')
    })
    await becomes('a', 'b')
    isAwaited = false
    end('a')
    await expect(abandoned).rejects.toThrow('abandoned')
    expect(running).toEqual(['b'])
    end('b')
    expect(await Promise.all(reads)).toEqual(['a', 'b'])
  })

  it('are refused if 300 are waiting', async () => {
    const { task, end, becomes } = controlledTasks()
    const running = [inLongReadQueue(task('a')), inLongReadQueue(task('b'))]
    const waiting = Array.from({ length: 300 }, () => inLongReadQueue(async () => 'done'))
    await becomes('a', 'b')
    await expect(inLongReadQueue(task('c'))).rejects.toThrow(UnavailableError)
    end('a')
    end('b')
    expect(await Promise.all(running)).toEqual(['a', 'b'])
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['done']))
  })
})
