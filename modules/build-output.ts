import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/** Adds the migrations to the build, and keeps the embedded database out of Vercel functions. */
export default defineNuxtModule({
  meta: { name: 'build-output' },
  setup(_options, nuxt) {
    nuxt.hook('nitro:build:before', ({ options, hooks }) => {
      // It cannot run there and would make up most of the function.
      if (options.preset.startsWith('vercel'))
        Object.assign(options.externals.traceOptions ??= {}, { ignore: '**/node_modules/@electric-sql/**' })
      hooks.hook('compiled', () => {
        const [from, to] = [join(nuxt.options.rootDir, 'migrations'), join(options.output.serverDir, 'migrations')]
        // Only drizzle-kit reads the snapshots.
        return cp(from, to, { recursive: true, filter: path => !path.endsWith('_snapshot.json') })
      })
    })
  },
})
