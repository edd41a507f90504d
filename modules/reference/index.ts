import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineNuxtModule } from 'nuxt/kit'

/** Serves the assets of the API reference at /docs: Scalar's bundle and a script that adapts it to the CSP. */
export default defineNuxtModule({
  meta: { name: 'reference' },
  setup(_options, nuxt) {
    const scalar = fileURLToPath(import.meta.resolve('@scalar/fastify-api-reference'))

    nuxt.hook('nitro:config', (config) => {
      const assets = [join(scalar, '../js'), join(import.meta.dirname, 'public')]
        .map(dir => ({ dir, baseURL: '/docs/assets', fallthrough: true }))
      config.publicAssets = [...config.publicAssets ?? [], ...assets]
      // Compression reduces the bundle from 3.6 to 0.8 MB.
      config.compressPublicAssets = true
    })
  },
})
