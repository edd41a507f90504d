import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect, connectForMaintenance, type Database } from '#db/client'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'

// The embedded database has a single session, which cannot collide with itself.
describe.skipIf(!realServer)('two that wait for each other', () => {
  let database: TestDatabase
  let db: Database

  beforeAll(async () => {
    database = await createDatabase()
    const maintenance = connectForMaintenance(database.url)
    await maintenance.execute(sql`create table counters (id int primary key, count int not null default 0)`)
    await maintenance.execute(sql`insert into counters values (1), (2)`)
    await maintenance.$client.end()
    db = connect({ url: database.url, poolSize: 4, prepare: true, timeout: 10_000 })
  })

  beforeEach(() => db.execute(sql`update counters set count = 0`))

  afterAll(async () => {
    await db.$client.end({ timeout: 1 })
    await database.drop()
  })

  const counts = async () => (await db.execute<{ count: number }>(sql`select count from counters order by id`))
    .map(({ count }) => count)

  it('transactions: both take effect once', async () => {
    let attempts = 0
    const increment = (first: number, second: number) => db.transaction(async (tx) => {
      attempts++
      await tx.execute(sql`update counters set count = count + 1 where id = ${first}`)
      await tx.execute(sql`select pg_sleep(0.3)`)
      await tx.execute(sql`update counters set count = count + 1 where id = ${second}`)
    })
    await Promise.all([increment(1, 2), increment(2, 1)])
    expect(attempts).toBeGreaterThan(2)
    expect(await counts()).toEqual([2, 2])
  })

  it('single statements: both take effect once', async () => {
    const increment = (first: number, second: number) => db.execute<{ id: number }>(sql`
      with first as (
        update counters set count = count + 1 where id = ${first} returning pg_sleep(0.3)),
      done as (select count(*) from first)
      update counters set count = counters.count + 1 from done where id = ${second} returning id`)
    const [rows, others] = await Promise.all([increment(1, 2), increment(2, 1)])
    expect([...rows, ...others]).toEqual([{ id: 2 }, { id: 1 }])
    expect(await counts()).toEqual([2, 2])
  })

  it('are not retried after any other error', async () => {
    let attempts = 0
    await expect(db.transaction(async (tx) => {
      attempts++
      await tx.execute(sql`insert into counters values (1)`)
    })).rejects.toMatchObject({ cause: { code: '23505' } })
    expect(attempts).toBe(1)
  })
})
