import { defineNitroPlugin } from 'nitropack/runtime'
import staticFiles from 'nitropack/runtime/internal/static'
import { isAsset } from '#server/endpoint/route'

/**
 * Serves static files after the middleware, so that it rejects malformed requests for them as well, and looks for them
 * only in their folder. Nitro looks for them first, at every request.
 */
export default defineNitroPlugin(({ h3App: { stack } }) => {
  const layer = stack.find(({ handler }) => handler === staticFiles)
  // Nuxt serves them in development, and Vercel by itself.
  if (!layer) return
  stack.splice(stack.indexOf(layer), 1)
  layer.match = isAsset
  // The last one is the router.
  stack.splice(-1, 0, layer)
})
