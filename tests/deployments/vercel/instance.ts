import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'

/**
 * An instance of a function, as Vercel runs it: the handler gets requests from the platform, and a context in which it
 * can say what it is still working on after its response.
 */

export const invocationHeader = 'x-platform-invocation'

/** What an instance tells the platform. */
export type Message = { port: number } | { finished: string }

if (process.send) {
  const [entry] = process.argv.slice(2)
  const contexts = new AsyncLocalStorage<{ waitUntil: (work: Promise<unknown>) => void }>()
  Object.assign(globalThis, { [Symbol.for('@vercel/request-context')]: { get: () => contexts.getStore() } })
  const tell = (message: Message) => process.send!(message)

  const { default: handler } = await import(pathToFileURL(entry!).href) as { default: RequestListener }
  // The platform keeps its connections, also while this process is suspended.
  const server = createServer({ keepAliveTimeout: 3_600_000 }, (request, response) => {
    const id = String(request.headers[invocationHeader])
    delete request.headers[invocationHeader]
    const works: Promise<unknown>[] = []
    const finish = async () => {
      // Work may begin further work.
      while (works.length > 0) await Promise.allSettled(works.splice(0))
      tell({ finished: id })
    }
    response.once('close', () => void finish())
    contexts.run({ waitUntil: work => works.push(work) }, () => handler(request, response))
  })
  server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
}
