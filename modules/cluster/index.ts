import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'

/**
 * Lets the server run in several processes: its entry starts either Nitro's server or workers that do.
 *
 * The entry of Nitro's preset node-cluster passes no signals on to its workers, which are then killed in the middle of
 * their requests: https://github.com/falcondev-oss/github-actions-cache-server/issues/172. It also opens the database in
 * the parent, and restarts a worker that cannot start without end. Remove this module when it does none of these.
 */
export default defineNuxtModule({
  meta: { name: 'cluster' },
  setup(_options, nuxt) {
    nuxt.hook('nitro:build:before', ({ options }) => {
      if (!['node-server', 'node-cluster'].includes(options.preset)) return
      options.alias['#node-server'] = join(options.entry, '../node-server.mjs')
      options.entry = join(import.meta.dirname, 'entry.ts')
    })
  },
})
