import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/** Adds the commands of `commands/` to the build, beside the server, with which they share code and packages. */
export default defineNuxtModule({
  meta: { name: 'commands' },
  setup(_options, nuxt) {
    if (nuxt.options.dev) return
    nuxt.hook('nitro:build:before', ({ options, hooks }) => {
      if (options.preset.startsWith('vercel')) return
      const files = globSync('commands/*.ts', { cwd: nuxt.options.rootDir })
      hooks.hook('rollup:before', (_nitro, config) => {
        config.plugins = [config.plugins, {
          name: 'commands',
          buildStart(this: { emitFile: (file: { type: 'chunk', id: string, fileName: string }) => string }) {
            for (const file of files) {
              const fileName = `${basename(file, '.ts')}.mjs`
              this.emitFile({ type: 'chunk', id: join(nuxt.options.rootDir, file), fileName })
            }
          },
        }]
        // Nitro's own setting puts what a command shares with the server into a chunk that starts the server.
        Object.assign(config.output as object, { manualChunks: undefined })
      })
    })
  },
})
