import { join } from 'node:path'
import { connectForMaintenance, type Database } from '#db/client'
import { openEmbeddedDatabase } from '#db/embedded'
import { reasonOf } from '#db/errors'
import { migrate } from '#db/migrate'
import { embeddedDirectory, readConfig, type Config } from '#server/runtime/config'

/**
 * Runs a command on the configured database, embedded or external, after applying all migrations. Errors are printed
 * without a stack trace and set the exit code to 1.
 */
export async function withMigratedDatabase(run: (db: Database, config: Config) => Promise<void>): Promise<void> {
  try {
    const config = readConfig(process.env, { dev: true })
    const directory = embeddedDirectory(config)
    const embedded = config.databaseUrl ? undefined : await openEmbeddedDatabase({ directory })
    try {
      const url = config.databaseUrl ?? embedded!.url
      await migrate(url, join(import.meta.dirname, '../migrations'))
      const db = connectForMaintenance(url)
      await run(db, config).finally(() => db.$client.end())
    }
    finally {
      await embedded?.close()
    }
  }
  catch (error) {
    console.error(reasonOf(error))
    process.exitCode = 1
  }
}
