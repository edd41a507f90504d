import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/**
 * Replaces the entries of Nitro's presets for Node.js. Their server takes no options, such as limits of time:
 * https://github.com/nitrojs/nitro/issues/10.
 *
 * That of the preset node-cluster also passes no signals on to its workers, which are then killed in the middle of
 * their requests: https://github.com/falcondev-oss/github-actions-cache-server/issues/172. It opens the database in the
 * parent, and restarts a worker that cannot start without end.
 */
export default defineNuxtModule({
  meta: { name: 'node-server' },
  setup(_options, nuxt) {
    nuxt.hook('nitro:build:before', ({ options }) => {
      if (!['node-server', 'node-cluster'].includes(options.preset)) return
      options.entry = join(import.meta.dirname, 'entry.ts')
    })
  },
})
