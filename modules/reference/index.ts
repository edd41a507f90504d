import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineNuxtModule } from 'nuxt/kit'

/** Serves what the page at /docs loads: Scalar's bundle, from the package that holds it, and a script of ours. */
export default defineNuxtModule({
  meta: { name: 'reference' },
  setup(_options, nuxt) {
    const scalar = fileURLToPath(import.meta.resolve('@scalar/fastify-api-reference'))

    nuxt.hook('nitro:config', (config) => {
      const files = [join(scalar, '../js'), join(import.meta.dirname, 'public')]
      config.publicAssets = [...config.publicAssets ?? [], ...files.map(dir => ({ dir, baseURL: '/docs/assets', fallthrough: true }))]
      // The bundle has 3.6 MB, of which 0.8 go over the wire.
      config.compressPublicAssets = true
    })
  },
})
