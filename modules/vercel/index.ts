import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/**
 * Seconds that a request may take on Vercel. That is more than its parts may take together: the wait for other requests
 * of the user, a transaction, and the wait for a database that does not answer.
 */
const maxDuration = 60

/** Configures the function on Vercel. */
export default defineNuxtModule({
  meta: { name: 'vercel' },
  setup(_options, nuxt) {
    nuxt.hook('nitro:build:before', ({ options }) => {
      if (options.preset !== 'vercel') return
      options.vercel = { ...options.vercel!, functions: { maxDuration } }
      options.plugins.push(join(import.meta.dirname, 'instance.ts'))
    })
  },
})
