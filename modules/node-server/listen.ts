import type { AddressInfo } from 'node:net'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { trapUnhandledNodeErrors } from 'nitropack/runtime/internal/index'
import { createHttpServer } from '#server/endpoint/http-server'
import { useConfig } from '#server/runtime/config'
import { shutDownGracefully } from './graceful-shutdown.ts'

/** Starts the server, which ends with a message if it cannot listen. */

const nitroApp = useNitroApp()
const { host, port, shutdownDelay: delay, shutdownTimeout: timeout } = useConfig()
const { server, endFreeConnections } = createHttpServer(toNodeListener(nitroApp.h3App))

server.once('error', (error) => {
  console.error(`Cannot listen on HOST and PORT: ${error.message}`)
  process.exit(1)
})

server.listen({ host, port }, () => {
  const { address, family, port } = server.address() as AddressInfo
  console.log(`Listening on http://${family === 'IPv6' ? `[${address}]` : address}:${port}`)
})

trapUnhandledNodeErrors()
shutDownGracefully(server, { delay, timeout, endFreeConnections, close: () => nitroApp.hooks.callHook('close') })
