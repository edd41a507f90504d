import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { useLog } from '#server/runtime/log'

/** Milliseconds between two looks for connections on which nothing is under way. */
const closingInterval = 50

/** Milliseconds that a turn of the event loop takes at most if nothing has been read in it. */
const idleTurn = 0.2

/** Milliseconds to wait for such a turn, at most. */
const idleTimeout = 1000

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
  let accepted = 0
  server.on('connection', () => accepted++)
  /** See {@link untilQuiet}. */
  const untilIdle = () => untilQuiet(() => accepted)
  const shutDown = async (signal: NodeJS.Signals) => {
    if (signal === 'SIGTERM') await setTimeout(delay)
    await untilIdle()
    let isOver = false
    // Only stops accepting connections, unlike `close` of an HTTP server.
    const closed = new Promise<void>(resolve => NetServer.prototype.close.call(server, () => resolve()))
    void closed.then(() => isOver = true)
    const end = performance.now() + timeout
    while (!isOver && performance.now() < end) {
      await Promise.race([closed, setTimeout(closingInterval)])
      await untilIdle()
      endFreeConnections()
    }
    if (!isOver) useLog().warn('Requests that took longer than NUXT_SHUTDOWN_TIMEOUT were cut off.')
    server.closeAllConnections()
    await Promise.race([close(), setTimeout(timeout)])
    process.exit()
  }
  let shutdown: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (shutdown ??= shutDown(signal)))
}

/**
 * Waits until everything that clients have sent has been read, or at most a second. The kernel resets connections that
 * are waiting to be accepted when the server stops listening, and drops requests that are waiting to be read when their
 * connection ends. A proxy does not send those again that are not repeatable. Node.js accepts one connection per turn,
 * so none is waiting after a turn without one: https://github.com/libuv/libuv/pull/3696.
 * @param accepted the number of connections that have been accepted
 */
async function untilQuiet(accepted: () => number): Promise<void> {
  const end = performance.now() + idleTimeout
  for (let before = performance.now(), known = accepted(); before < end; known = accepted()) {
    await setImmediate()
    const now = performance.now()
    if (accepted() === known && now - before < idleTurn) return
    before = now
  }
}
