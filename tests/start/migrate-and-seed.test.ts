import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { createDatabase, realServer } from '../support/databases.ts'
import { request } from '../support/http.ts'
import { startServer } from '../support/server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs one of the package's commands as npm does, but for a folder of its own. */
function command(script: 'migrate' | 'seed', environment: Record<string, string> = {}): Promise<{ code: number, output: string }> {
  const file = join(import.meta.dirname, '../../scripts', `${script}.ts`)
  const env = { PATH: process.env.PATH, NUXT_BCRYPT_COST: '4', ...environment }
  return new Promise(resolve => execFile(process.execPath, [file], { cwd: folder, env }, (error, stdout, stderr) =>
    resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr })))
}

describe('the commands, on the embedded database', () => {
  it('migrate it, and fill an empty one with the demo data', async () => {
    expect(await command('migrate')).toStrictEqual({ code: 0, output: 'The database has all migrations.\n' })
    expect(await command('seed')).toMatchObject({ code: 0, output: expect.stringContaining('demo@example.com') as string })
    expect(await command('seed')).toMatchObject({ code: 1, output: expect.stringContaining('holds users already') as string })

    const server = await startServer({ NUXT_BCRYPT_COST: '4' }, folder)
    expect(await command('migrate')).toMatchObject({ code: 1, output: expect.stringContaining(`pid ${server.pid}`) as string })
    const credentials = { email: 'demo@example.com', password: 'look-around-neptun' }
    const login = await request('POST', '/api/auth/login', credentials, { baseUrl: server.url })
    await server.stop()
    expect(login.status).toBe(200)
  })
})

describe.skipIf(!realServer)('on a real server', () => {
  it('five processes that migrate an empty database at once all succeed, and each migration is applied once', async () => {
    const database = await createDatabase()
    const runs = await Promise.all(Array.from({ length: 5 }, () => command('migrate', { DATABASE_URL: database.url })))
    const db = connectForMaintenance(database.url)
    const applied = await db.execute(sql`select hash from drizzle.__drizzle_migrations order by created_at`)
    await db.$client.end()
    await database.drop()
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    expect(applied.map(({ hash }) => hash)).toEqual(readMigrationFiles({ migrationsFolder: 'migrations' }).map(({ hash }) => hash))
  })

  it('the demo data go into an empty database, and into no other', async () => {
    const database = await createDatabase()
    const environment = { DATABASE_URL: database.url }
    expect(await command('seed', environment)).toMatchObject({ code: 0 })
    expect(await command('seed', environment)).toMatchObject({ code: 1 })
    await database.drop()
  })
})
