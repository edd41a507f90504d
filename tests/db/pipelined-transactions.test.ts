import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, connectForMaintenance, type Database } from '#db/client'
import { isUnavailable } from '#db/errors'
import { commitWith } from '#db/pipeline-transactions'
import { defineStatement, value } from '#db/statement'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'

const insert = defineStatement<never>(() => sql`insert into numbers (number) values (${value('number')})`)
const selectNumbers = defineStatement<{ number: number }>(() => sql`select number from numbers order by number`)

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createDatabase()
  const maintenance = connectForMaintenance(database.url)
  await maintenance.execute(sql`create table numbers (number int primary key)`)
  await maintenance.$client.end()
  // One for reads, one for a transaction, and one that can terminate it.
  db = connect({ url: database.url, poolSize: realServer ? 3 : 1, prepare: true, timeout: 10_000 })
})

afterAll(async () => {
  await db.$client.end({ timeout: 1 })
  await database.drop()
})

const numbers = async () => (await selectNumbers(db, {})).map(({ number }) => number)

describe('a transaction', () => {
  it('commits what it has sent, in order', async () => {
    const order = await db.transaction(async (tx) => {
      await insert(tx, { number: 1 })
      return selectNumbers(tx, {})
    })
    expect(order.map(({ number }) => number)).toEqual([1])
    expect(await numbers()).toEqual([1])
  })

  it('can commit together with its last statements', async () => {
    await db.transaction(tx => commitWith(tx, insert(tx, { number: 2 }), insert(tx, { number: 3 })))
    expect(await numbers()).toEqual([1, 2, 3])
  })

  it('is rolled back if one of its last statements fails', async () => {
    const failing = db.transaction(tx =>
      commitWith(tx, insert(tx, { number: 4 }), insert(tx, { number: 1 }), insert(tx, { number: 5 })))
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(await numbers()).toEqual([1, 2, 3])
  })

  it('is rolled back if a statement fails whose error is ignored', async () => {
    const failing = db.transaction(async (tx) => {
      await insert(tx, { number: 6 })
      await insert(tx, { number: 1 }).catch(() => {})
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await numbers()).toEqual([1, 2, 3])
  })

  it('is rolled back if its function throws', async () => {
    const failing = db.transaction(async (tx) => {
      await insert(tx, { number: 7 })
      throw new Error('No.')
    })
    await expect(failing).rejects.toThrow('No.')
    expect(await numbers()).toEqual([1, 2, 3])
  })

  it('can contain another one, whose failure the outer one survives', async () => {
    await db.transaction(async (tx) => {
      await insert(tx, { number: 8 })
      await tx.transaction(inner => commitWith(inner, insert(inner, { number: 9 })))
      await expect(tx.transaction(inner => insert(inner, { number: 1 }))).rejects.toMatchObject({ code: '23505' })
      await insert(tx, { number: 10 })
    })
    expect(await numbers()).toEqual([1, 2, 3, 8, 9, 10])
  })

  it('keeps its connection to itself', async () => {
    const transactions = Array.from({ length: 50 }, (_, i) => db.transaction(async (tx) => {
      await insert(tx, { number: 100 + i })
      const seen = (await selectNumbers(tx, {})).filter(({ number }) => number >= 100)
      await insert(tx, { number: 200 + i })
      if (i % 2) throw new Error('Odd.')
      return seen.some(({ number }) => number === 100 + i)
    }))
    const settled = await Promise.allSettled(transactions)
    expect(settled.map(({ status }) => status)).toEqual(
      Array.from({ length: 50 }, (_, i) => i % 2 ? 'rejected' : 'fulfilled'))
    expect((await numbers()).filter(number => number >= 100)).toHaveLength(50)
  })
})

describe.skipIf(!realServer)('behind many other statements', () => {
  it('is not mixed up with them', async () => {
    const single = connect({ url: database.url, poolSize: 2, prepare: true, timeout: 10_000 })
    const locked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    await db.transaction(tx => insert(tx, { number: 1000 }))
    const locking = db.transaction(async (tx) => {
      await tx.execute(sql`select from numbers where number = 1000 for update`)
      locked.resolve()
      await release.promise
    })
    await locked.promise
    const waiting = single.execute(sql`update numbers set number = 1000 where number = 1000`)
    const inserts = Array.from({ length: 150 }, (_, i) =>
      single.execute(sql`insert into numbers (number) values (${2000 + i})`))
    const transactions = Array.from({ length: 3 }, (_, i) =>
      single.transaction(tx => insert(tx, { number: 3000 + i })))
    release.resolve()
    await Promise.all([locking, waiting, ...inserts, ...transactions])
    expect((await numbers()).filter(number => number >= 2000)).toHaveLength(153)
    await single.$client.end({ timeout: 1 })
  })
})

describe.skipIf(!realServer)('the connection for reads', () => {
  it('is replaced when it is lost', async () => {
    const lost = connect({ url: database.url, poolSize: 3, prepare: true, timeout: 10_000 })
    const terminateAll = () => db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'neptun-api' and pid <> pg_backend_pid()`)
    for (let i = 0; i < 20; i++) {
      const reads = Promise.allSettled(Array.from({ length: 20 }, () => selectNumbers(lost, {})))
      if (i % 2) await terminateAll()
      await reads
      // The loss is noticed when a read fails, or shortly after.
      for (let attempt = 1; ; attempt++) {
        const found = await selectNumbers(lost, {}).catch((error: unknown) => error as Error)
        if (Array.isArray(found)) expect(found[0]).toEqual({ number: 1 })
        if (Array.isArray(found)) break
        expect(attempt).toBeLessThan(5)
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    }
    await lost.$client.end({ timeout: 1 })
  })
})

describe.skipIf(!realServer)('a transaction that loses its connection', () => {
  it('fails, and the pool recovers', async () => {
    const lost = db.transaction(async (tx) => {
      await insert(tx, { number: 11 })
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await db.execute(sql`select pg_terminate_backend(${row!.pid}::int)`)
      await insert(tx, { number: 12 })
    })
    const error: unknown = await lost.catch((error: unknown) => error)
    expect(isUnavailable(error), String(error)).toBe(true)
    for (let i = 0; i < 10; i++) expect(await numbers()).not.toContain(11)
  })

  it('fails as well if the connection is lost between two statements', async () => {
    const lost = db.transaction(async (tx) => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await db.execute(sql`select pg_terminate_backend(${row!.pid}::int)`)
      await new Promise(resolve => setTimeout(resolve, 200))
      await insert(tx, { number: 13 })
    })
    const error: unknown = await lost.catch((error: unknown) => error)
    expect(isUnavailable(error), String(error)).toBe(true)
    for (let i = 0; i < 10; i++) expect(await numbers()).not.toContain(13)
    await db.transaction(tx => insert(tx, { number: 14 }))
    expect(await numbers()).toContain(14)
  })
})
