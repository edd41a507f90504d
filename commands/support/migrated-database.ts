import { fileURLToPath } from 'node:url'
import { connectForMaintenance, type Database } from '#db/client'
import { openEmbeddedDatabase } from '#db/embedded'
import { migrate } from '#db/migrate'
import { embeddedDirectory, readConfig, type Config } from '#server/runtime/config'
import { startupMessageOf } from '#server/runtime/startup-error'

/** A build has the migrations beside the commands, whose URL is known once they have run. */
const migrationsDirectory = () =>
  fileURLToPath(new URL(import.meta.preset ? 'migrations' : '../../migrations', import.meta.url))

type Work = (db: Database, config: Config) => Promise<void>

/** Runs a command on the configured database, embedded or external, after applying all migrations. */
export async function withMigratedDatabase(work: Work): Promise<void> {
  await runCommand(async (config) => {
    if (config.directDatabaseUrl) await withMigratedServer(config.directDatabaseUrl, db => work(db, config))
    else await withMigratedEmbedded(config, db => work(db, config))
  })
}

/** Runs a command. An error is printed without a stack trace and sets the exit code to 1. */
export async function runCommand(work: (config: Config) => Promise<void>): Promise<void> {
  // The first process of a container ignores signals that it does not handle.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  try {
    await work(readConfig(process.env, { dev: true }))
  }
  catch (error) {
    console.error(startupMessageOf(error))
    process.exitCode = 1
  }
}

/** Migrates the embedded database and opens it. */
export async function withMigratedEmbedded(config: Config, work: (db: Database) => Promise<void>): Promise<void> {
  const { url, close } = await openEmbeddedDatabase({ directory: embeddedDirectory(config) })
  await withMigratedServer(url, work).finally(close)
}

/** Migrates the database at a URL and opens it. */
export async function withMigratedServer(url: string, work: (db: Database) => Promise<void>): Promise<void> {
  await migrate(url, migrationsDirectory())
  const db = connectForMaintenance(url)
  await work(db).finally(() => db.$client.end())
}
