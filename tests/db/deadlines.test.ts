import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect, connectForMaintenance, type Database, type Transaction } from '#db/client'
import { isUnavailable } from '#db/errors'
import { commitWith } from '#db/pipeline-transactions'
import { defineStatement } from '#db/statement'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'

const timeout = 1000
const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

let database: TestDatabase
let maintenance: Database

beforeAll(async () => {
  database = await createDatabase()
  maintenance = connectForMaintenance(database.url)
  await maintenance.execute(sql`create table numbers (number int primary key)`)
  await maintenance.execute(sql`create table locked (id int primary key)`)
  await maintenance.execute(sql`insert into locked values (1)`)
})

beforeEach(() => maintenance.execute(sql`truncate numbers`))

afterAll(async () => {
  await maintenance.$client.end()
  await database.drop()
})

const insert = (tx: Transaction, number: number) => tx.execute(sql`insert into numbers (number) values (${number})`)

/** Inserts 1000 once no other transaction has locked the row. Without parameters, so that COMMIT can follow at once. */
const insertUnlocked = defineStatement<never>(() => sql`
  with waited as (update locked set id = id returning id) insert into numbers select 1000 from waited`)

async function numbers(): Promise<number[]> {
  const rows = await maintenance.execute<{ number: number }>(sql`select number from numbers order by number`)
  return rows.map(({ number }) => number)
}

/** Runs with a pool of its own, and returns what it resolved or rejected with, and after how many milliseconds. */
async function run(work: (db: Database) => Promise<unknown>, options: { poolSize?: number, prepare?: boolean } = {}) {
  const db = connect({ url: database.url, poolSize: realServer ? 2 : 1, prepare: true, timeout, ...options })
  const start = performance.now()
  const outcome = await work(db).then(() => 'done', (error: unknown) => isUnavailable(error) ? 'unavailable' : error)
  const duration = performance.now() - start
  // The connection is of use again.
  await db.transaction(tx => tx.execute(sql`select 1`))
  await db.$client.end({ timeout: 1 })
  return { outcome, duration }
}

/** Locks the row that `insertUnlocked` updates. */
async function lock(milliseconds: number): Promise<{ released: Promise<unknown> }> {
  const other = connectForMaintenance(database.url)
  const locked = Promise.withResolvers<void>()
  const released = other.transaction(async (tx) => {
    await tx.execute(sql`select from locked for update`)
    locked.resolve()
    await wait(milliseconds)
  }).finally(() => other.$client.end())
  await locked.promise
  return { released }
}

describe('a transaction at its deadline', () => {
  it('is rolled back if it is between two statements', async () => {
    let isNextRejected = false
    const { outcome, duration } = await run(db => db.transaction(async (tx) => {
      await insert(tx, 1)
      await wait(timeout + 300)
      await insert(tx, 2).catch(() => isNextRejected = true)
    }))
    expect(outcome).toBe('unavailable')
    expect(duration).toBeLessThan(timeout + 200)
    await wait(500)
    expect(isNextRejected).toBe(true)
    expect(await numbers()).toEqual([])
  })

  it('never begins if it still waits for a connection', async () => {
    const { outcome } = await run(async (db) => {
      const holding = db.transaction(() => wait(timeout - 200))
      await wait(50)
      const next = db.transaction(async (tx) => {
        await insert(tx, 3)
        await wait(timeout)
      })
      const late = db.transaction(tx => insert(tx, 4))
      await Promise.all([holding, expect(next).rejects.toThrow('timed out'), late])
    })
    expect(outcome).toBe('unavailable')
    expect(await numbers()).toEqual([])
  })
})

// The embedded database takes no settings from a connection.
describe.skipIf(!realServer).each([true, false])('the server, with prepared statements: %s', (prepare) => {
  it('has limits of its own, in case this process hangs', async () => {
    const settings = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'] as const
    const read = (tx: Transaction) => Promise.all(settings.map(async (name) => {
      const [row] = await tx.execute<Record<string, string>>(sql`show ${sql.raw(name)}`)
      return row![name]
    }))
    let found: unknown
    await run(db => db.transaction(async (tx) => {
      found = await read(tx)
    }), { prepare })
    expect(found).toEqual(['1s', '1s', '2s'])
  })
})

// The embedded database has a single session, in which nothing waits for a lock.
describe.skipIf(!realServer).each([true, false])('at the deadline, with prepared statements: %s', (prepare) => {
  it('a running statement of a transaction is cancelled, and nothing is stored', async () => {
    const { released } = await lock(4 * timeout)
    const { outcome, duration } = await run(db => db.transaction(async (tx) => {
      await insert(tx, 1)
      await wait(timeout / 2)
      await insertUnlocked(tx, {})
    }), { prepare })
    expect(outcome).toBe('unavailable')
    expect(duration).toBeLessThan(timeout + 200)
    const [waiting] = await maintenance.execute<{ count: number }>(sql`
      select count(*)::int from pg_stat_activity
      where datname = current_database() and application_name = 'neptun-api' and wait_event_type = 'Lock'`)
    expect(waiting!.count).toBe(0)
    await released
    expect(await numbers()).toEqual([])
  })

  it('a transaction that is committing is awaited, and what it reports is what is stored', async () => {
    const commit = (number: number) => run(db => db.transaction(async (tx) => {
      await insert(tx, number)
      await wait(timeout / 2)
      await commitWith(tx, insertUnlocked(tx, {}))
    }), { prepare })
    const long = await lock(timeout * 4)
    expect(await commit(1)).toMatchObject({ outcome: 'unavailable' })
    await long.released
    expect(await numbers()).toEqual([])
    const short = await lock(timeout * 1.25)
    expect(await commit(2)).toMatchObject({ outcome: 'done' })
    await short.released
    expect(await numbers()).toEqual([2, 1000])
  })

  it('a single statement is cancelled, and nothing is stored', async () => {
    const { released } = await lock(timeout * 2)
    const { outcome, duration } = await run(db => db.execute(sql`
      with waited as (update locked set id = id returning id)
      insert into numbers select 1000 from waited`), { prepare })
    expect(outcome).toBe('unavailable')
    expect(duration).toBeLessThan(timeout + 200)
    await released
    expect(await numbers()).toEqual([])
  })
})
