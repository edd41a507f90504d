import { defineNitroPlugin } from 'nitropack/runtime'

/**
 * Spares each request what Nitro does for features that are not used: the calls of three hooks, and the route rules,
 * whose handler is the first one. It would sort the rules and match them with the path, at every request.
 */
export default defineNitroPlugin(({ h3App: { options, stack } }) => {
  delete options.onRequest
  delete options.onBeforeResponse
  delete options.onAfterResponse
  stack.shift()
})
