import { defineNuxtModule } from 'nuxt/kit'

/**
 * Turns Nuxt into a server without pages: nothing is bundled, and no path gets an HTML shell.
 *
 * Nuxt's `experimental.noVueServer` removes the renderer too, but from production builds only, and still bundles.
 * Its scope is described in https://github.com/nuxt/nuxt/pull/19825. Remove this module when it covers both.
 */
export default defineNuxtModule({
  meta: { name: 'api-only' },
  setup(_options, nuxt) {
    nuxt.options.builder = { bundle: async () => {} }

    nuxt.hook('nitro:build:before', ({ options }) => {
      options.renderer = undefined
      options.handlers = options.handlers.filter(({ route }) => route !== '/__nuxt_error')
      // Nothing was bundled, and the static handler would answer /_nuxt/ before the middleware.
      options.publicAssets = options.publicAssets.filter(({ dir }) => !dir.startsWith(nuxt.options.buildDir))
    })
  },
})
