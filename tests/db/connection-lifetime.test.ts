import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Database } from '#db/client'
import { defineStatement } from '#db/statement'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'

const [lifetime, duration] = [200, 3000]

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createDatabase()
  db = connect({ url: database.url, poolSize: realServer ? 3 : 1, prepare: true, timeout: 10_000, lifetime })
})

afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

const selectProcess = defineStatement<{ pid: number }>(() => sql`select pg_backend_pid() as pid`)

/** Repeats a statement from several clients at once. Returns the processes of the database that ran it. */
async function repeat(run: () => Promise<Iterable<{ pid: number }>>): Promise<Set<number>> {
  const processes = new Set<number>()
  const end = performance.now() + duration
  await Promise.all(Array.from({ length: 10 }, async () => {
    while (performance.now() < end)
      for (const { pid } of await run()) processes.add(pid)
  }))
  return processes
}

it('connections under load are replaced after their lifetime, and no statement fails', async () => {
  const [reads, writes] = await Promise.all([
    repeat(() => selectProcess(db, {})),
    repeat(() => db.transaction(tx => tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`))),
  ])
  // An embedded database is a single process.
  const expected = realServer ? 5 : 1
  expect(reads.size).toBeGreaterThanOrEqual(expected)
  expect(writes.size).toBeGreaterThanOrEqual(expected)
})
