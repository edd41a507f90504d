import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { openEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from './embedded.ts'

/**
 * As {@link openEmbedded}, in a thread of its own, so that statements are answered while this one is busy bundling.
 * @throws Error with the same messages
 */
export async function openEmbeddedInThread(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const thread = new Worker(new URL(import.meta.url), { workerData: { embedded: options } })
  const [url] = await once(thread, 'message') as [string]
  return {
    url,
    async close() {
      thread.postMessage('close')
      await once(thread, 'exit')
    },
  }
}

const { embedded } = (workerData ?? {}) as { embedded?: EmbeddedOptions }
if (!isMainThread && embedded) {
  const database = await openEmbedded(embedded)
  parentPort!.once('message', () => void database.close().then(() => parentPort!.close()))
  parentPort!.postMessage(database.url)
}
