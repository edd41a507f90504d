import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { useLog } from '#server/runtime/log'

/** Milliseconds between two looks for connections on which nothing is under way. */
const closingInterval = 50

interface ShutdownOptions {
  /** Milliseconds that SIGTERM leaves a load balancer to notice that the server is not ready. */
  delay: number
  /** Milliseconds for the requests in flight, and then for `close`. */
  timeout: number
  /** Ends the connections on which nothing is under way. */
  endFreeConnections: () => void
  /** Closes what requests use. */
  close: () => Promise<unknown>
}

/**
 * Ends the process at SIGTERM or SIGINT, after the requests in flight. Further signals change nothing: from a terminal,
 * a worker gets one from its parent as well.
 *
 * Nitro's own shutdown destroys connections at once, also those that are being accepted, and has no delay.
 */
export function shutDownGracefully(server: Server, options: ShutdownOptions): void {
  const { delay, timeout, endFreeConnections, close } = options
  const shutDown = async (signal: NodeJS.Signals) => {
    if (signal === 'SIGTERM') await setTimeout(delay)
    // Only stops accepting connections, unlike `close` of an HTTP server.
    const closed = new Promise<boolean>(resolve => NetServer.prototype.close.call(server, () => resolve(true)))
    const timer = setInterval(endFreeConnections, closingInterval)
    if (!await Promise.race([closed, setTimeout(timeout, false)]))
      useLog().warn('Requests that took longer than NUXT_SHUTDOWN_TIMEOUT were cut off.')
    clearInterval(timer)
    server.closeAllConnections()
    await Promise.race([close(), setTimeout(timeout)])
    process.exit()
  }
  let shutdown: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (shutdown ??= shutDown(signal)))
}
