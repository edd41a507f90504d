import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance, type Database } from '#db/client'
import { openEmbeddedDatabase } from '#db/embedded'
import { createDatabase } from '../support/databases.ts'
import { request } from '../support/http.ts'
import { contentsOf, tableNames } from '../support/rows.ts'
import { startServer, testEnvironment } from '../support/server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  await cp('.output', join(folder, 'build'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

interface Result {
  code: number
  output: string
}

/** Runs a command of a build that has been moved away from the sources and their packages. */
function runCommand(name: string, environment: Record<string, string> = {}, args: string[] = []): Promise<Result> {
  const file = join(folder, 'build/server', `${name}.mjs`)
  const env = { PATH: process.env.PATH, NUXT_BCRYPT_COST: '4', ...environment }
  return new Promise(resolve =>
    execFile(process.execPath, [file, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr })))
}

describe('the commands of a build', () => {
  it('migrate and seed a database, on which the server starts', async () => {
    const database = await createDatabase()
    const environment = { DATABASE_URL: database.url }
    const migrated = await runCommand('migrate', environment)
    const seeded = await runCommand('seed', environment)
    const server = await startServer({ ...testEnvironment, ...environment, NUXT_DATABASE_POOL_SIZE: '1' })
    const credentials = { email: 'demo@example.com', password: 'look-around-neptun' }
    const login = await request('POST', '/api/auth/login', credentials, { baseUrl: server.url })
    await server.stop()
    await database.drop()
    expect(migrated).toStrictEqual({ code: 0, output: 'The database has all migrations.\n' })
    expect(seeded.code).toBe(0)
    expect(login.status).toBe(200)
  })

  it('copy the embedded database, with its ids', { timeout: 180_000 }, async () => {
    await runCommand('seed')
    const database = await createDatabase()
    const copied = await runCommand('copy-embedded', { DATABASE_URL: database.url })
    const again = await runCommand('copy-embedded', { DATABASE_URL: database.url })
    const embedded = await openEmbeddedDatabase({ directory: join(folder, '.data/postgres-18') })
    const [source, target] = [await describeDatabase(embedded.url), await describeDatabase(database.url)]
    await embedded.close()
    await database.drop()
    expect(copied).toMatchObject({ code: 0, output: expect.stringMatching(/^messages +9 rows$/m) as string })
    expect(target).toStrictEqual(source)
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('contains users') as string })
  })

  it('copy nothing without DATABASE_URL', async () => {
    expect(await runCommand('copy-embedded'))
      .toStrictEqual({ code: 1, output: 'DATABASE_URL must name the database to copy to.\n' })
  })

  it('check the health of the server on this machine', async () => {
    const database = await createDatabase()
    await runCommand('migrate', { DATABASE_URL: database.url })
    const server = await startServer({ ...testEnvironment, DATABASE_URL: database.url, NUXT_DATABASE_POOL_SIZE: '1' })
    const { port } = new URL(server.url)
    const healthy = await runCommand('healthcheck', { PORT: port })
    const missing = await runCommand('healthcheck', { PORT: port }, ['/nothing'])
    await server.stop()
    const stopped = await runCommand('healthcheck', { PORT: port })
    await database.drop()
    expect([healthy.code, missing.code, stopped.code]).toEqual([0, 1, 1])
  })
})

/** What two databases must have in common to be copies of each other. */
async function describeDatabase(url: string) {
  const db = connectForMaintenance(url)
  const names = await tableNames(db)
  const users = await db.execute<{ id: string }>(sql`select id from users order by id`)
  const contents = []
  for (const { id } of users) contents.push(await contentsOf(db, { id: Number(id) }))
  const described = { contents, counts: await countRows(db, names), sequences: await sequencesOf(db) }
  await db.$client.end()
  return described
}

async function countRows(db: Database, names: string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names.sort()) {
    const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from ${sql.identifier(name)}`)
    counts[name] = row!.count
  }
  return counts
}

const sequencesOf = (db: Database) => db.execute(sql`
  select sequencename, last_value from pg_sequences where schemaname = 'public' order by sequencename`)
