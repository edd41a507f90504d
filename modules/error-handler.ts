import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/** Registers the error handler of the API before Nuxt's own, which the development server relies on. */
export default defineNuxtModule({
  meta: { name: 'error-handler' },
  setup(_options, nuxt) {
    nuxt.hook('nitro:config', (config) => {
      const handler = join(nuxt.options.serverDir, 'endpoint/error-handler.ts')
      config.errorHandler = [handler, ...[config.errorHandler ?? []].flat()]
    })
  },
})
