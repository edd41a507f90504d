import cluster, { type Worker } from 'node:cluster'
import { availableParallelism } from 'node:os'
import { useLog } from './log.ts'

/**
 * Runs the server in several processes, which share its port: NITRO_CLUSTER_WORKERS, or else one per core. Each worker
 * reads the configuration and has its own connections to the database. This process only watches over them.
 *
 * The first worker starts alone, and the others once it is ready, so that an error at the start is printed once. If a
 * worker fails to start, all end, and this process has its exit code. A worker that dies later is replaced.
 */
export function runWorkers(): void {
  const count = process.env.NITRO_CLUSTER_WORKERS || String(availableParallelism())
  /** What each worker has reported. It is ready when it listens and has opened the database. */
  const workers = new Map<Worker, Set<string>>()
  let isStopping = false

  const start = () => workers.set(cluster.fork({ NITRO_CLUSTER_WORKERS: count }), new Set())
  const stop = () => {
    isStopping = true
    for (const worker of workers.keys()) worker.process.kill('SIGTERM')
  }
  const isReady = (worker: Worker) => workers.get(worker)?.size === 2
  const report = (worker: Worker, event: string) => {
    workers.get(worker)?.add(event)
    if (isReady(worker) && !isStopping) startMetrics()
    while (isReady(worker) && !isStopping && workers.size < Number(count)) start()
  }

  let hasMetrics = !process.env.NUXT_METRICS_PORT
  const startMetrics = () => {
    if (hasMetrics) return
    hasMetrics = true
    serveSumOfMetrics().catch((error: Error) => {
      console.error(error.message)
      process.exitCode = 1
      stop()
    })
  }

  cluster.on('listening', worker => report(worker, 'listening'))
  cluster.on('message', (worker, message) => {
    if (message === 'ready') report(worker, 'database open')
  })
  cluster.on('exit', (worker, code, signal) => {
    const wasReady = isReady(worker)
    workers.delete(worker)
    if (wasReady && !isStopping) {
      useLog().error({ event: 'worker_replaced', worker: worker.process.pid, exit: signal ?? code })
      start()
    }
    else if (!isStopping) {
      process.exitCode = code || 1
      stop()
    }
    if (workers.size === 0) process.exit()
  })
  process.on('SIGTERM', stop).on('SIGINT', stop)
  start()
}

/** Serves the metrics of all workers together, once the first of them has checked the configuration. */
async function serveSumOfMetrics(): Promise<void> {
  const [{ AggregatorRegistry }, { serveMetrics }] = await Promise.all([
    import('prom-client'), import('./metrics-server.ts'),
  ])
  const metrics = new AggregatorRegistry()
  const { NUXT_METRICS_HOST, HOST, NUXT_METRICS_PORT } = process.env
  await serveMetrics(() => metrics.clusterMetrics(), NUXT_METRICS_HOST || HOST || undefined, Number(NUXT_METRICS_PORT))
}
