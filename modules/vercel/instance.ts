import { defineNitroPlugin } from 'nitropack/runtime'
import { useConfig } from '#server/runtime/config'
import { untilUnused } from '#server/runtime/database'

/**
 * Milliseconds after the last use of the database until its connections are closed. The driver needs a moment for that.
 */
const closingTime = 500

/**
 * What Vercel provides to a request. Its package `@vercel/functions` reads this symbol as well, but its
 * `attachDatabasePool` does not support the driver, and the rest of it would triple what is loaded at the start.
 */
const requestContext = Symbol.for('@vercel/request-context')

interface RequestContext {
  get?: () => { waitUntil?: (work: Promise<unknown>) => void } | undefined
}

/**
 * Vercel suspends an instance as soon as no request is under way. Timers stop then, so that connections to the database
 * would stay open, and work that a request has started would stop. Therefore each request keeps the instance running
 * until the database has not been used for so long that its connections are closed.
 */
export default defineNitroPlugin(({ hooks, h3App: { options } }) => {
  options.onRequest = ({ node: { res } }) => {
    const context = (globalThis as { [requestContext]?: RequestContext })[requestContext]?.get?.()
    const closed = new Promise<void>(resolve => res.once('close', resolve))
    context?.waitUntil?.(closed.then(() => untilUnused(useConfig().databaseIdleTimeout + closingTime)))
  }
  // Vercel ends an instance half a second later.
  process.once('SIGTERM', () => void hooks.callHook('close'))
})
