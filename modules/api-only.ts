import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/** Makes an API of Nuxt: no pages, so nothing to bundle and no HTML shell for the paths that nobody answers. */
export default defineNuxtModule({
  meta: { name: 'api-only' },
  setup(_options, nuxt) {
    nuxt.options.builder = { bundle: async () => {} }

    nuxt.hook('nitro:config', (config) => {
      // Prepended: to set it alone would replace the framework's own, which the development server relies on.
      config.errorHandler = [join(nuxt.options.serverDir, 'errors/handler.ts'), ...[config.errorHandler ?? []].flat()]
    })

    nuxt.hook('nitro:build:before', (nitro) => {
      // Never started there, and most of the size of a function.
      if (nitro.options.preset.startsWith('vercel'))
        nitro.options.externals.traceOptions = { ...nitro.options.externals.traceOptions, ignore: '**/node_modules/@electric-sql/**' }
      nitro.options.renderer = undefined
      // Nothing was bundled, and the handler for static files would answer /_nuxt/ before any middleware of ours.
      nitro.options.publicAssets = nitro.options.publicAssets.filter(({ dir }) => !dir.startsWith(nuxt.options.buildDir))
      nitro.options.handlers = nitro.options.handlers.filter(({ route }) => route !== '/__nuxt_error')
      nitro.hooks.hook('compiled', () =>
        cp(join(nuxt.options.rootDir, 'migrations'), join(nitro.options.output.serverDir, 'migrations'), { recursive: true }))
    })
  },
})
