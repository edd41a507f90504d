import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { openEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedOptions } from './embedded.ts'

/**
 * Opens an embedded database in a worker thread, so that it answers while the main thread is busy bundling.
 * @throws Error with the messages of {@link openEmbeddedDatabase}
 */
export async function openEmbeddedDatabaseInThread(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
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
  const database = await openEmbeddedDatabase(embedded)
  parentPort!.once('message', () => void database.close().then(() => parentPort!.close()))
  parentPort!.postMessage(database.url)
}
