import { createServer } from 'node:http'

/**
 * Serves metrics for Prometheus at `/metrics`, on a port of their own, so that no proxy in front of the API passes them
 * on. It does not keep the process running.
 * @param read returns the metrics as text
 * @throws Error if it cannot listen
 */
export function serveMetrics(read: () => Promise<string>, host: string | undefined, port: number): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || !['GET', 'HEAD'].includes(request.method!)) {
      response.writeHead(404).end()
      return
    }
    read().then(
      text => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      // A worker has not answered in time.
      () => response.writeHead(503).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(new Error(`Cannot listen on NUXT_METRICS_PORT: ${error.message}`)))
    server.listen({ host, port }, () => {
      console.error(`Metrics on port ${(server.address() as { port: number }).port}`)
      resolve()
    }).unref()
  })
}
