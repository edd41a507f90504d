import { isBuiltin } from 'node:module'
import { defineNuxtModule } from 'nuxt/kit'

/** Packages that read files of their own: a native library, and PostgreSQL as WebAssembly. */
const unbundled = /[\\/]node_modules[\\/](bcrypt|@electric-sql)[\\/]/
const packages = /[\\/]node_modules[\\/]/

/**
 * Bundles the packages that the server uses, reduced to what it uses of them. Node.js would otherwise look up and load
 * hundreds of files at the start, which takes longer than everything else.
 */
export default defineNuxtModule({
  meta: { name: 'bundle' },
  setup(_options, nuxt) {
    if (nuxt.options.dev) return
    nuxt.hook('nitro:build:before', ({ options, hooks }) => {
      // Nitro's default, ES2019, has no top-level await and rewrites newer syntax into longer code.
      Object.assign(options.esbuild!.options!, { target: 'node22' })
      const isBundled = (id: string) => packages.test(id) && !unbundled.test(id)
      options.externals.inline = [...options.externals.inline ?? [], isBundled]
      // What CommonJS packages get for `require('events')` is a class. Nitro's setting would give them its namespace.
      options.commonJS = { requireReturnsDefault: id => isBuiltin(id) ? 'preferred' : 'auto' }
      // Required at run time, which the bundler does not see: server/contracts/kit/common-passwords.ts.
      options.externals.traceInclude = [...options.externals.traceInclude ?? [], '@zxcvbn-ts/language-common']
      // Stack traces refer to the sources (`npm start` enables that), except on Vercel, where nothing reads the maps.
      if (options.preset.startsWith('vercel')) options.sourceMap = false
      hooks.hook('rollup:before', (_nitro, config) => {
        config.plugins = [config.plugins, withoutPackageMaps, withoutTransports]
      })
    })
  },
})

/** Leaves the packages out of the source maps. Node.js reads the maps at the start, and theirs are 95% of them. */
const withoutPackageMaps = {
  name: 'without-package-maps',
  transform: (code: string, id: string) => packages.test(id) ? { code, map: { mappings: '' as const } } : null,
}

/**
 * Leaves out the transports of pino, which run in threads of files that a bundle does not have. For them alone, pino
 * looks at the stack of whoever creates a logger. With `--enable-source-maps`, Node.js then reads the maps and keeps
 * them, after which each request takes a quarter more processor time.
 */
const withoutTransports = {
  name: 'without-transports',
  load: (id: string) => /[\\/]pino[\\/]lib[\\/](caller|transport)\.js$/.test(id) ? 'module.exports = () => {}' : null,
}
