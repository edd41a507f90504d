import { expect, it } from 'vitest'
import { OverloadedError } from '#server/auth/errors'
import { inHashQueue } from '#server/auth/hash-queue'

it('a full hash queue drops the tasks of clients that have gone away', async () => {
  const hash = Promise.withResolvers<string>()
  const client = new AbortController()
  const enqueue = (signal?: AbortSignal) => inHashQueue(() => hash.promise, signal)
  // At most three of them run.
  const tasks = Promise.allSettled(Array.from({ length: 63 }, () => enqueue(client.signal)))
  await expect(enqueue()).rejects.toThrow(OverloadedError)
  client.abort(new Error('The client has gone away.'))
  const next = enqueue()
  hash.resolve('done')
  await expect(next).resolves.toBe('done')
  const results = await tasks
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(3)
})
