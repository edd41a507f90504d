import type { AddressInfo } from 'node:net'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { createHttpServer } from '#server/endpoint/http-server'
import { useConfig } from '#server/runtime/config'
import { describeError } from '#server/runtime/describe-error'
import { useLog } from '#server/runtime/log'
import { shutDownGracefully } from './graceful-shutdown.ts'
import { reuseMemory } from './reuse-memory.ts'

/** Starts the server, which ends with a message if it cannot listen. */

reuseMemory()
const nitroApp = useNitroApp()
const { host, port, metricsHost, metricsPort, shutdownDelay: delay, shutdownTimeout: timeout } = useConfig()
const { server, endFreeConnections } = createHttpServer(toNodeListener(nitroApp.h3App))

server.once('error', (error) => {
  console.error(`Cannot listen on HOST and PORT: ${error.message}`)
  process.exit(1)
})

/**
 * The connections that may wait to be accepted. Linux has a limit of its own, which is as high by default. Beyond it,
 * clients have to try again, after up to a second.
 */
const backlog = 4096

server.listen({ host, port, backlog }, () => {
  const { address, family, port } = server.address() as AddressInfo
  // The standard output is for the log.
  console.error(`Listening on http://${family === 'IPv6' ? `[${address}]` : address}:${port}`)
})

if (metricsPort !== undefined) {
  import('#server/endpoint/metrics').then(({ startMetrics }) => startMetrics(metricsHost, metricsPort))
    .catch((error: Error) => {
      console.error(error.message)
      process.exit(1)
    })
}

// Nitro would print them with all their values.
for (const name of ['unhandledRejection', 'uncaughtException'])
  process.on(name, (error: unknown) => useLog().fatal({ event: 'unhandled_error', error: describeError(error) }))
shutDownGracefully(server, { delay, timeout, endFreeConnections, close: () => nitroApp.hooks.callHook('close') })
