import cluster from 'node:cluster'
import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client'
// @ts-expect-error Nitro declares no types for its list of the handlers.
import { handlers } from '#nitro-internal-virtual/server-handlers'
import { hashQueueUse } from '#server/auth/hash-queue'
import { useConfig } from '#server/runtime/config'
import { databaseUse } from '#server/runtime/database'
import { serveMetrics } from '#server/runtime/metrics-server'
import { requestBodies, responseBodies } from './memory-budget.ts'
import { onRequestEnd } from './request-line.ts'
import { documentedRoute } from './route.ts'
import { eventCounts, limitCounts } from './security-events.ts'

/** The methods that are labels. Any other is one label, whatever clients send. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Collects the metrics of this process, and serves them. The workers of a cluster send theirs to their parent instead,
 * which serves the sum.
 * @throws Error if it cannot listen
 */
export async function startMetrics(host: string | undefined, port: number): Promise<void> {
  collectDefaultMetrics()
  measureRequests()
  declareCounts()
  declareGauges()
  // It listens for the requests of the parent.
  if (cluster.isWorker) new AggregatorRegistry()
  else await serveMetrics(() => register.metrics(), host, port)
}

function measureRequests(): void {
  const durations = new Histogram({
    name: 'neptun_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its response. `_count` is the number of requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  // So that an alert sees the first failure of an endpoint.
  for (const { route, method } of handlers as { route: string, method?: string }[])
    if (method) durations.zero({ method: method.toUpperCase(), route: documentedRoute(route), status: '500' })
  onRequestEnd(({ method, route, status, isAborted, duration }) => {
    const labels = [methods.has(method) ? method : 'other', route, isAborted ? 'aborted' : String(status)]
    durations.labels(...labels).observe(duration / 1000)
  })
}

function declareCounts(): void {
  countBy('neptun_limit_hits_total', 'Requests refused because of a limit.', 'limit', limitCounts)
  countBy('neptun_security_events_total', 'Events that concern security, as in the log.', 'event', eventCounts)
}

/** Declares a counter that this process counts itself, by the values of a label. */
function countBy(name: string, help: string, label: string, counts: Record<string, number>): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    collect() {
      this.reset()
      for (const [value, count] of Object.entries(counts)) this.inc({ [label]: value }, count)
    },
  })
}

function declareGauges(): void {
  const { databasePoolSize, maxTotalBodyBytes, maxTotalResponseBytes } = useConfig()
  const gauges: [name: string, help: string, read: () => number][] = [
    ['database_connections_max', 'Connections that the process may open.', () => databasePoolSize],
    ['database_connections_in_use', 'Connections of the pool with a statement or a transaction.',
      () => databaseUse().inUse],
    ['database_waiting', 'Statements and transactions that wait for a connection.', () => databaseUse().waiting],
    ['database_reads_in_flight', 'Reads on the connection that they share.', () => databaseUse().reads],
    ['password_hashes_running', 'Passwords that are being hashed.', () => hashQueueUse().running],
    ['password_hashes_waiting', 'Passwords that wait to be hashed.', () => hashQueueUse().waiting],
    ['request_body_bytes', 'Bytes of request bodies in memory.', () => requestBodies.bytes],
    ['request_body_bytes_max', 'Their limit.', () => maxTotalBodyBytes],
    ['response_body_bytes', 'Bytes of responses that clients have not taken yet.', () => responseBodies.bytes],
    ['response_body_bytes_max', 'Their limit.', () => maxTotalResponseBytes],
  ]
  for (const [name, help, read] of gauges) {
    new Gauge({
      name: `neptun_${name}`,
      help,
      collect() {
        this.set(read())
      },
    })
  }
}
