import { defineNitroPlugin } from 'nitropack/runtime'
import { contracts } from '#server/contracts/index'
import { parseRoute } from '#server/contracts/kit/contract'
import answerUnsupported from '#server/routes/[...]'

/**
 * Registers a fallback for unsupported methods on every path. Without it, the router of h3 v1 looks for another
 * matching path, and keeps that path's handler from then on: a single request would change the routes of all others.
 *
 * Remove with Nitro 3, which fixed the routing by method: https://github.com/nitrojs/nitro/issues/1525
 */
export default defineNitroPlugin(({ router }) => {
  for (const { route } of Object.values(contracts))
    router.use(parseRoute(route).path.replaceAll(/{(\w+)}/g, ':$1'), answerUnsupported)
})
