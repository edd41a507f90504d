import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { createDatabase, realServer } from '../support/databases.ts'
import { request } from '../support/http.ts'
import { startServer } from '../support/server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

const contains = (text: string) => expect.stringContaining(text) as string

interface Result {
  code: number
  output: string
}

/** Runs a package script as npm does, but in the temporary folder. */
function runScript(name: 'migrate' | 'seed', environment: Record<string, string> = {}): Promise<Result> {
  const file = join(import.meta.dirname, '../../commands', `${name}.ts`)
  const env = { PATH: process.env.PATH, NUXT_BCRYPT_COST: '4', ...environment }
  return new Promise(resolve => execFile(process.execPath, [file], { cwd: folder, env }, (error, stdout, stderr) =>
    resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr })))
}

describe('migrate and seed on the embedded database', () => {
  it('apply migrations, add the demo data once and refuse to run next to a server', async () => {
    expect(await runScript('migrate')).toStrictEqual({ code: 0, output: 'The database has all migrations.\n' })
    expect(await runScript('seed')).toMatchObject({ code: 0, output: contains('demo@example.com') })
    expect(await runScript('seed')).toMatchObject({ code: 1, output: contains('contains users') })

    const server = await startServer({ NUXT_BCRYPT_COST: '4' }, folder)
    expect(await runScript('migrate')).toMatchObject({ code: 1, output: contains(`pid ${server.pid}`) })
    const credentials = { email: 'demo@example.com', password: 'look-around-neptun' }
    const login = await request('POST', '/api/auth/login', credentials, { baseUrl: server.url })
    await server.stop()
    expect(login.status).toBe(200)
  })
})

describe.skipIf(!realServer)('migrate and seed on a PostgreSQL server', () => {
  it('apply each migration once when five processes migrate concurrently', async () => {
    const database = await createDatabase()
    const environment = { DATABASE_URL: database.url }
    const runs = await Promise.all(Array.from({ length: 5 }, () => runScript('migrate', environment)))
    const db = connectForMaintenance(database.url)
    const applied = await db.execute(sql`select hash from drizzle.__drizzle_migrations order by created_at`)
    await db.$client.end()
    await database.drop()
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    const migrations = readMigrationFiles({ migrationsFolder: 'migrations' })
    expect(applied.map(({ hash }) => hash)).toEqual(migrations.map(({ hash }) => hash))
  })

  it('use a direct connection, without the timeouts of the role', async () => {
    const database = await createDatabase()
    const name = new URL(database.url).pathname.slice(1)
    const db = connectForMaintenance(database.url)
    await db.execute(sql`alter database ${sql.identifier(name)} set statement_timeout = '200ms'`)
    // Another process is migrating.
    await db.execute(sql`select pg_advisory_lock(7637886)`)
    const running = runScript('migrate', {
      DATABASE_URL: 'postgres://neptun@127.0.0.1:1/neptun', DATABASE_URL_UNPOOLED: database.url,
    })
    await vi.waitFor(async () => {
      const waiting = await db.execute(sql`select from pg_stat_activity
        where datname = current_database() and wait_event = 'advisory'`)
      expect(waiting).toHaveLength(1)
    }, { timeout: 20_000 })
    await setTimeout(500)
    await db.execute(sql`select pg_advisory_unlock_all()`)
    expect(await running).toStrictEqual({ code: 0, output: 'The database has all migrations.\n' })
    await db.$client.end()
    await database.drop()
  })

  it('add the demo data only to an empty database', async () => {
    const database = await createDatabase()
    const environment = { DATABASE_URL: database.url }
    expect(await runScript('seed', environment)).toMatchObject({ code: 0 })
    expect(await runScript('seed', environment)).toMatchObject({ code: 1 })
    await database.drop()
  })
})
