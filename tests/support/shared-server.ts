import { join } from 'node:path'
import { migrate } from '#db/migrate'
import { build } from './build.ts'
import { createDatabase, realServer, type TestDatabase } from './databases.ts'
import { startServer, testEnvironment, type RunningServer } from './server.ts'

/** Builds the server and creates that many databases for it. */
export async function buildWithDatabases(count: number): Promise<TestDatabase[]> {
  const [databases] = await Promise.all([Promise.all(Array.from({ length: count }, createDatabase)), build()])
  return databases
}

/** Migrates a database and starts the built server on it. */
export async function startSharedServer(
  database: TestDatabase,
  onOutput?: (text: string) => void,
): Promise<RunningServer> {
  await migrate(database.url, join(import.meta.dirname, '../../migrations'))
  const environment = {
    ...testEnvironment,
    DATABASE_URL: database.url,
    NUXT_DATABASE_POOL_SIZE: realServer ? '5' : '1',
  }
  return startServer(environment, undefined, onOutput)
}
