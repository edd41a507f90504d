import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Database } from '#db/client'
import { defineStatement, value } from '#db/statement'
import { createDatabase, type TestDatabase } from '../support/databases.ts'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createDatabase()
  db = connect({ url: database.url, poolSize: 1, prepare: true, timeout: 10_000 })
})

afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

const selectBytes = defineStatement<{ hex: string | null }>(() => sql`
  select encode(${value('bytes')}::bytea, 'hex') as hex`)
const selectPrepared = defineStatement<{ count: string }>(() => sql`
  select count(*) from pg_prepared_statements where statement like '%encode($1%'`)

it('a statement is prepared once, also if a value is null at times', async () => {
  const results = []
  for (const bytes of [Buffer.from([1]), null, Buffer.from([2])]) results.push(...await selectBytes(db, { bytes }))
  expect(results).toEqual([{ hex: '01' }, { hex: null }, { hex: '02' }])
  expect(await selectPrepared(db, {})).toEqual([{ count: '1' }])
})

it('templates that begin alike are different statements', async () => {
  const client = db.$client
  expect(await client`select ${3}::int + ${4}::int as n`).toEqual([{ n: 7 }])
  expect(await client`select ${3}::int * ${4}::int as n`).toEqual([{ n: 12 }])
})
