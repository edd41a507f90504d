import { defineNitroPlugin } from 'nitropack/runtime'

/** Spares each request the calls of the hooks of Nitro, which nothing listens to. */
export default defineNitroPlugin(({ h3App: { options } }) => {
  delete options.onRequest
  delete options.onBeforeResponse
  delete options.onAfterResponse
})
