import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { migrate } from '#db/migrate'
import { createDatabase, realServer, type TestDatabase } from './databases.ts'
import { startServer, testEnvironment, type RunningServer } from './server.ts'

const root = join(import.meta.dirname, '../..')

export async function build(): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const nuxt = join(root, 'node_modules/nuxt/bin/nuxt.mjs')
  await promisify(execFile)(process.execPath, [nuxt, 'build', '--logLevel=silent'], { cwd: root, env })
}

/** The time of the last build. */
export async function buildDate(): Promise<string> {
  const { date } = JSON.parse(await readFile(join(root, '.output/nitro.json'), 'utf8')) as { date: string }
  return date
}

/** Builds the server and creates a database for it. */
export async function buildWithDatabase(): Promise<TestDatabase> {
  const [database] = await Promise.all([createDatabase(), build()])
  return database
}

/** Migrates a database and starts the built server on it. */
export async function startSharedServer(
  database: TestDatabase,
  onOutput?: (text: string) => void,
): Promise<RunningServer> {
  await migrate(database.url, join(root, 'migrations'))
  const environment = {
    ...testEnvironment,
    DATABASE_URL: database.url,
    NUXT_DATABASE_POOL_SIZE: realServer ? '5' : '1',
  }
  return startServer(environment, undefined, onOutput)
}
