import { setImmediate, setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { defineNitroPlugin } from 'nitropack/runtime'
import { connect, type Database } from '#db/client'
import { DataInUseError, isUnavailable, reasonOf } from '#db/errors'
import { assertMigrated, migrate, NotMigratedError } from '#db/migrate'
import { type Config, ConfigError, embeddedFolder, useConfig } from '#server/config'
import { provideDatabase } from '#server/utils/db'
import { beginShutdown } from '#server/utils/shutdown'

/**
 * Reads the configuration and opens the database before the first request. Whatever is wrong with either ends the
 * process, with a message that says what to do.
 */
export default defineNitroPlugin((nitro) => {
  // Docker sends SIGKILL ten seconds after SIGTERM.
  process.env.NITRO_SHUTDOWN_TIMEOUT ??= '4000'
  process.once('SIGTERM', beginShutdown).once('SIGINT', beginShutdown)
  // Nitro notes that it cannot listen, and would stay.
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.syscall === 'listen') stop(new ConfigError(`HOST and PORT must be an address that is free: ${error.message}`))
  })
  try {
    const config = useConfig()
    // Nitro's own server reads this when it begins to listen, which is right after the plugins.
    if (!config.databaseUrl) process.env.NITRO_HOST = '127.0.0.1'
    const opening = setImmediate().then(() => openDatabase(config))
    provideDatabase(opening.then(({ db }) => db))
    opening.catch(stop)
    // A development worker that is being replaced still answers the requests that it has.
    if (!import.meta.dev) nitro.hooks.hook('close', async () => (await opening).close())
  }
  catch (error) {
    stop(error)
  }
})

interface OpenDatabase {
  db: Database
  close: () => Promise<void>
}

function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.databaseUrl) return openServer(config, config.databaseUrl)
  // Known at build time, so that the embedded database is left out of a bundle that could not use it.
  return import.meta.preset === 'vercel' ? refuseEmbedded() : openOwn(config)
}

/** A database that somebody else runs. It is migrated as a step of the release, not by the server. */
async function openServer(config: Config, url: string): Promise<OpenDatabase> {
  const db = connect({ url, poolSize: config.databasePoolSize, prepare: config.databasePrepare, timeout: config.databaseTimeout })
  // Nobody is served before: neither with a database that is behind, nor, in development, while the worker before this
  // one holds the only connection that the embedded database has.
  for (let tries = 0; !await isReady(db, tries === 0); tries++) await setTimeout(200)
  return { db, close: () => db.$client.end({ timeout: 2 }) }
}

/**
 * Whether the database can be reached.
 * @param tell whether to tell why not
 * @throws NotMigratedError if it can, but lacks migrations; in development that was checked before
 */
async function isReady(db: Database, tell: boolean): Promise<boolean> {
  try {
    await (import.meta.dev ? db.execute(sql`select 1`) : assertMigrated(db, migrationsFolder()))
    return true
  }
  catch (error) {
    if (!isUnavailable(error)) throw error
    if (tell && !import.meta.dev) console.error(`The database cannot be reached, waiting for it: ${reasonOf(error)}`)
    return false
  }
}

function refuseEmbedded(): never {
  throw new ConfigError('DATABASE_URL must be set: there is nowhere to keep an embedded database')
}

/** The embedded database, which nobody else could migrate. */
async function openOwn(config: Config): Promise<OpenDatabase> {
  const { openEmbedded } = await import('#db/embedded')
  const folder = embeddedFolder(config)
  console.log(`DATABASE_URL is not set: using the embedded PostgreSQL in ${folder}, for this machine alone.`)
  const embedded = await openEmbedded({ folder })
  await migrate(embedded.url, migrationsFolder())
  const db = connect({ url: embedded.url, poolSize: 1, prepare: true, timeout: config.databaseTimeout })
  return {
    db,
    async close() {
      await db.$client.end({ timeout: 2 })
      await embedded.close()
    },
  }
}

/** Where the build puts the migrations: beside the server's entry, which has to have run for this to be known. */
const migrationsFolder = () => fileURLToPath(new URL('migrations', import.meta.url))

function stop(error: unknown): never {
  const isTold = [ConfigError, NotMigratedError, DataInUseError].some(kind => error instanceof kind)
  console.error(isTold ? (error as Error).message : error)
  process.exit(1)
}
