import cluster from 'node:cluster'
import { setImmediate } from 'node:timers/promises'
import { defineNitroPlugin, useRuntimeConfig } from 'nitropack/runtime'
import { DataInUseError } from '#db/errors'
import { NotMigratedError } from '#db/migrate'
import { ConfigError, useConfig } from '#server/runtime/config'
import { provideDatabase } from '#server/runtime/database'
import { continueDeletions } from '#server/runtime/deletions'
import { openDatabase } from '#server/runtime/open-database'
import { beginShutdown, ShuttingDownError } from '#server/runtime/shutdown'
import { useSigningKeys } from '#server/runtime/signing'
import { DamagedSecretError } from '#server/runtime/signing-secret'

/** Reads the configuration, opens the database, and closes it at shutdown. An error at startup ends the process. */
export default defineNitroPlugin((nitro) => {
  process.once('SIGTERM', beginShutdown).once('SIGINT', beginShutdown)
  try {
    const config = useConfig()
    useSigningKeys()
    if (config.sessionCookieSameSite === 'none' && config.allowedOrigins.length === 0) {
      console.error('NUXT_SESSION_COOKIE_SAME_SITE is none, but NUXT_ALLOWED_ORIGINS is not set: '
        + 'browsers send the session along with requests from all sites, and no other site needs it.')
    }
    const developmentUrl = import.meta.dev ? useRuntimeConfig().developmentDatabaseUrl as string | undefined : undefined
    const opening = setImmediate().then(() => openDatabase(config, developmentUrl))
    provideDatabase(opening.then(({ db }) => db))
    // Only workers have it; server/runtime/workers.ts waits for it.
    opening.then(() => {
      cluster.worker?.send('ready')
      continueDeletions()
    }, error => error instanceof ShuttingDownError || abort(error))
    // In development, a worker that is being replaced still answers its last requests.
    if (!import.meta.dev) nitro.hooks.hook('close', () => opening.then(({ close }) => close(), () => {}))
  }
  catch (error) {
    abort(error)
  }
})

/** Ends the process, with a message instead of a stack if the operator can fix the cause. */
function abort(error: unknown): never {
  const expected = [ConfigError, DamagedSecretError, NotMigratedError, DataInUseError]
  const isExpected = expected.some(type => error instanceof type)
  console.error(isExpected ? (error as Error).message : error)
  process.exit(1)
}
