import { setTimeout } from 'node:timers/promises'
import type { BenchRequest } from '../endpoints.ts'
import { sendRequest } from '../send-request.ts'
import { percentile } from '../statistics.ts'

/** Milliseconds between two requests, whether or not the first has been answered. */
const interval = 10

/** How requests were answered. */
export interface Answers {
  /** Milliseconds. */
  p99: number
  /** The number of requests that were not answered with a success. */
  failures: number
}

/**
 * Sends light requests at a constant rate while something else happens.
 * @param during resolves when it has happened
 */
export async function sendMeanwhile(url: string, requests: BenchRequest[], during: Promise<unknown>): Promise<Answers> {
  const latencies: number[] = []
  const pending: Promise<void>[] = []
  let failures = 0
  let isOver = false
  void during.catch(() => {}).then(() => isOver = true)

  async function send(request: BenchRequest): Promise<void> {
    const start = performance.now()
    try {
      const response = await sendRequest(url, request)
      await response.arrayBuffer()
      if (!response.ok) failures++
    }
    catch {
      failures++
    }
    latencies.push(performance.now() - start)
  }

  for (let i = 0; !isOver; i++) {
    pending.push(send(requests[i % requests.length]!))
    await setTimeout(interval)
  }
  await during
  await Promise.all(pending)
  return { p99: percentile(latencies, 0.99)!, failures }
}
