import { exec } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { openEmbeddedDatabase } from '#db/embedded'
import { migrate } from '#db/migrate'
import { migrations } from './migrations.ts'

/** URL of a PostgreSQL server on which the tests may create databases; undefined to use embedded ones. */
export const realServer = process.env.TEST_DATABASE_URL || undefined

/** A shell command that gets `create` or `drop` and a name, for servers where a new database needs preparation. */
const hook = process.env.TEST_DATABASE_HOOK || undefined

export interface TestDatabase {
  url: string
  drop: () => Promise<void>
}

/** Creates an empty database, on the real server or embedded in memory. */
export async function createDatabase(): Promise<TestDatabase> {
  if (!realServer) {
    const { url, close } = await openEmbeddedDatabase({ maxConnections: 8 })
    return { url, drop: close }
  }
  const name = `neptun_test_${randomBytes(6).toString('hex')}`
  const url = new URL(realServer)
  url.pathname = `/${name}`
  await run('create', name)
  return { url: url.href, drop: () => run('drop', name) }
}

/** Creates a database with the tables. */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const database = await createDatabase()
  await migrate(database.url, migrations)
  return database
}

async function run(action: 'create' | 'drop', name: string): Promise<void> {
  if (hook) {
    await promisify(exec)(`${hook} ${action} ${name}`)
    return
  }
  const admin = postgres(realServer!, { max: 1, onnotice: () => {} })
  const statement = action === 'create' ? `create database ${name}` : `drop database ${name} with (force)`
  await admin.unsafe(statement).finally(() => admin.end())
}
