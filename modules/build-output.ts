import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/** Adds the migrations and the demo files to the build, and keeps the embedded database out of Vercel functions. */
export default defineNuxtModule({
  meta: { name: 'build-output' },
  setup(_options, nuxt) {
    // The development server uses the files of the project. There, Nitro also takes the output for public assets, and
    // a build would read files that the one before is still replacing.
    if (nuxt.options.dev) return
    nuxt.hook('nitro:build:before', ({ options, hooks }) => {
      // It cannot run there and would make up most of the function.
      if (options.preset.startsWith('vercel'))
        Object.assign(options.externals.traceOptions ??= {}, { ignore: '**/node_modules/@electric-sql/**' })
      hooks.hook('compiled', async () => {
        const { output: { serverDir }, preset } = options
        const copy = (from: string, to: string) => cp(join(nuxt.options.rootDir, from), join(serverDir, to), {
          recursive: true,
          // Only drizzle-kit reads the snapshots.
          filter: path => !path.endsWith('_snapshot.json'),
        })
        await copy('migrations', 'migrations')
        if (!preset.startsWith('vercel')) await copy('server/demo/files', 'demo-files')
      })
    })
  },
})
