import { defineNitroPlugin } from 'nitropack/runtime'

/** Spares each request the calls of two hooks of Nitro that nothing listens to. */
export default defineNitroPlugin(({ h3App: { options } }) => {
  delete options.onBeforeResponse
  delete options.onAfterResponse
})
