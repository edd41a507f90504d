import { defineNitroPlugin } from 'nitropack/runtime'
// @ts-expect-error Nitro declares no types for its list of the handlers.
import { handlers } from '#nitro-internal-virtual/server-handlers'
import answerUnsupported from '#server/routes/[...]'

/**
 * Registers a fallback for unsupported methods on every path. Without it, the router of h3 v1 looks for another
 * matching path, and keeps that path's handler from then on: a single request would change the routes of all others.
 *
 * Remove with Nitro 3, which fixed the routing by method: https://github.com/nitrojs/nitro/issues/1525
 */
export default defineNitroPlugin(({ router }) => {
  // The contracts name the paths too, but loading all of them would slow down the start.
  for (const { route, method } of handlers as { route: string, method?: string }[])
    if (method) router.use(route, answerUnsupported)
})
