import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect, ping, type ConnectionOptions, type Database } from '#db/client'
import { isUnavailable, refusalOf } from '#db/errors'
import { assertMigrated, migrate } from '#db/migrate'
import { ConfigError, embeddedDirectory, type Config } from './config.ts'
import { watchDisk } from './disk-space.ts'
import { assertNotShuttingDown } from './shutdown.ts'
import { startupMessageOf } from './startup-error.ts'
import { withTimeout } from './timeout.ts'

export interface OpenDatabase {
  db: Database
  close: () => Promise<void>
}

/**
 * Opens the configured database.
 * @param developmentUrl the embedded database of `npm run dev`, owned by the Nuxt process instead of this worker
 * @throws ConfigError, NotMigratedError or DataInUseError if the server cannot start with it; ShuttingDownError
 */
export function openDatabase(config: Config, developmentUrl?: string): Promise<OpenDatabase> {
  const { databasePoolSize: poolSize, databasePrepare: prepare, databaseUrl: url } = config
  if (url) return openServer({ ...limitsOf(config), url, poolSize, prepare })
  if (developmentUrl) return openServer({ ...limitsOf(config), ...embedded, url: developmentUrl })
  // A build-time constant: bundles that cannot run the embedded database leave it out.
  return import.meta.preset === 'vercel' ? rejectEmbedded() : openEmbedded(config)
}

const embedded = { poolSize: 1, prepare: true, isEmbedded: true } as const

const limitsOf = (config: Config) => ({
  timeout: config.databaseTimeout,
  lockTimeout: config.databaseLockTimeout,
  lifetime: config.databaseConnectionLifetime,
  idleTime: config.databaseIdleTimeout,
})

/** Waits for a database server. In production, migrations are a step of the release, not of the server. */
async function openServer(options: ConnectionOptions): Promise<OpenDatabase> {
  for (let attempt = 1; ; attempt++) {
    assertNotShuttingDown()
    // A new client per attempt: postgres.js backs off for up to 20 seconds, and its first statement may never settle.
    const db = connect(options)
    // In development, the previous worker may still hold the only connection to the embedded database.
    if (await isReady(db, options.timeout, attempt)) return { db, close: () => db.$client.end({ timeout: 2 }) }
    await db.$client.end({ timeout: 0 })
    await setTimeout(200)
  }
}

/**
 * Whether the database can be reached in time. The first failed attempt is logged.
 * @throws ConfigError if it refuses the login, or there is none of this name
 * @throws NotMigratedError if it lacks migrations; in development, that is checked at the start
 */
async function isReady(db: Database, timeout: number, attempt: number): Promise<boolean> {
  try {
    const check = import.meta.dev ? ping(db) : assertMigrated(db, migrationsDirectory())
    await withTimeout(check, timeout)
    return true
  }
  catch (error) {
    if (refusalOf(error) !== undefined) throw new ConfigError(startupMessageOf(error))
    if (!isUnavailable(error)) throw error
    if (attempt === 1 && !import.meta.dev) console.error(`${startupMessageOf(error)} (retrying)`)
    return false
  }
}

async function rejectEmbedded(): Promise<never> {
  throw new ConfigError('DATABASE_URL must be set: the embedded database needs a disk')
}

async function openEmbedded(config: Config): Promise<OpenDatabase> {
  const { openEmbeddedDatabase } = await import('#db/embedded')
  const directory = embeddedDirectory(config)
  console.error(`DATABASE_URL is not set. Using the embedded PostgreSQL in ${directory}, for local connections only.`)
  const { url, close } = await openEmbeddedDatabase({ directory })
  watchDisk(directory)
  await migrate(url, migrationsDirectory())
  const db = connect({ ...limitsOf(config), ...embedded, url })
  return {
    db,
    async close() {
      const answers = await withTimeout(ping(db), 1000).then(() => true, () => false)
      await db.$client.end({ timeout: 2 })
      // One that hangs would hang here as well. It survives the end of the process.
      if (answers) await close()
    },
  }
}

/** The build puts the migrations beside the server entry, whose URL is known once it has run. */
const migrationsDirectory = () => fileURLToPath(new URL('migrations', import.meta.url))
