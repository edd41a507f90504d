import { once } from 'node:events'
import { get } from 'node:http'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { BenchRequest } from '../endpoints.ts'
import { headersOf } from '../send-request.ts'

/** A download that was read to its end, or until the connection was closed. */
export interface Download {
  /** Undefined if the server has closed the connection instead. */
  status: number | undefined
  /** Milliseconds until the first byte of the body, and until the last. */
  firstByte: number
  total: number
  bytes: number
  isComplete: boolean
}

interface Job {
  url: string
  request: BenchRequest
  /** The number of downloads at once. */
  times: number
}

/** Downloads an answer several times at once, in a thread of its own, so that it does not delay other measurements. */
export async function downloadInThread(job: Job): Promise<Download[]> {
  const thread = new Worker(new URL(import.meta.url), { workerData: job })
  const [downloads] = await once(thread, 'message') as [Download[]]
  return downloads
}

function download({ url, request }: Job): Promise<Download> {
  const start = performance.now()
  return new Promise((resolve) => {
    get(url + request.path, { headers: headersOf(request), agent: false }, (response) => {
      let firstByte: number | undefined
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        firstByte ??= performance.now() - start
        bytes += chunk.length
      })
      response.on('error', () => {})
      response.on('close', () => {
        const total = performance.now() - start
        const { statusCode: status, complete: isComplete } = response
        resolve({ status, firstByte: firstByte ?? total, total, bytes, isComplete })
      })
    }).on('error', () => {
      const total = performance.now() - start
      resolve({ status: undefined, firstByte: total, total, bytes: 0, isComplete: true })
    })
  })
}

if (!isMainThread) {
  const job = workerData as Job
  parentPort!.postMessage(await Promise.all(Array.from({ length: job.times }, () => download(job))))
}
