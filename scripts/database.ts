import { join } from 'node:path'
import { connectForMaintenance, type Database } from '#db/client'
import { openEmbedded } from '#db/embedded'
import { migrate } from '#db/migrate'
import { readConfig } from '#server/config'

/**
 * Opens the database that the configuration names, embedded or not, and brings it up to date. For commands, which end
 * with a sentence and not with a stack.
 */
export async function withMigratedDatabase(use: (db: Database) => Promise<void>): Promise<void> {
  try {
    const { databaseUrl, dataDir } = readConfig(process.env, { dev: true })
    const embedded = databaseUrl ? undefined : await openEmbedded({ folder: join(dataDir, 'postgres-18') })
    try {
      const url = databaseUrl ?? embedded!.url
      await migrate(url, join(import.meta.dirname, '../migrations'))
      const db = connectForMaintenance(url)
      await use(db).finally(() => db.$client.end())
    }
    finally {
      await embedded?.close()
    }
  }
  catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
