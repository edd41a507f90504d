import { expect, it } from 'vitest'
import { OverloadedError } from '#server/auth/errors'
import { inHashQueue } from '#server/auth/hash-queue'

it('a full hash queue drops the tasks of clients that have gone away', async () => {
  const hash = Promise.withResolvers<string>()
  const controller = new AbortController()
  const clientAt = (address: string) => ({ address, signal: controller.signal })
  const enqueue = (client?: ReturnType<typeof clientAt>) => inHashQueue(() => hash.promise, client)
  // At most three of them run.
  const tasks = Promise.allSettled(Array.from({ length: 63 }, (_, i) => enqueue(clientAt(`10.0.0.${i % 7}`))))
  await expect(enqueue()).rejects.toThrow(OverloadedError)
  controller.abort(new Error('The client has gone away.'))
  const next = enqueue()
  hash.resolve('done')
  await expect(next).resolves.toBe('done')
  const results = await tasks
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(3)
})

it('the hash queue takes at most twenty tasks of an address', async () => {
  const hash = Promise.withResolvers<string>()
  const enqueue = (address: string) =>
    inHashQueue(() => hash.promise, { address, signal: new AbortController().signal })
  const tasks = Array.from({ length: 20 }, () => enqueue('10.0.0.1'))
  await expect(enqueue('10.0.0.1')).rejects.toThrow(OverloadedError)
  const other = enqueue('10.0.0.2')
  hash.resolve('done')
  expect(await Promise.all([...tasks, other])).toEqual(Array(21).fill('done'))
  await expect(enqueue('10.0.0.1')).resolves.toBe('done')
})
