import { getTableName, is, sql, type SQL } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client'
import * as schema from '#db/schema/index'

/** Keys of rows, by table. */
export type Rows = Record<string, (number | string)[]>

/** The names of all tables of the schema. */
export const allTables = Object.values(schema).filter(value => is(value, PgTable)).map(table => getTableName(table))
/** The tables of counts, of work to do, and of requests. */
export const tablesWithoutData = ['deletions', 'idempotency_keys', 'rate_limits', 'usage']
/** The names of the tables with data of users. */
const tables = allTables.filter(table => !tablesWithoutData.includes(table))
/** What identifies a row of the table t. */
const keyOf = (table: string) => ({ file_contents: sql`t.file_id`, directory: sql`t.key` }[table] ?? sql`t.id`)
const isOwnedBy = (table: string, owner: { id: number }) =>
  sql`${sql.identifier(table === 'users' ? 'id' : 'neptun_user_id')} = ${owner.id}`

async function rowsWhere(db: Database, conditions: [table: string, SQL][]): Promise<Rows> {
  const rows: Rows = {}
  for (const [table, condition] of conditions) {
    const found = await db.execute<{ row_key: number | string }>(sql`
      select to_json(${keyOf(table)}) as row_key from ${sql.identifier(table)} t where ${condition}
      order by ${keyOf(table)}`)
    rows[table] = found.map(({ row_key }) => row_key)
  }
  return rows
}

/** All rows that belong to a user. */
export const rowsOf = (db: Database, owner: { id: number }): Promise<Rows> =>
  rowsWhere(db, tables.map(table => [table, isOwnedBy(table, owner)]))

/** All rows that belong to a user, with their contents, as text that can be compared. */
export async function contentsOf(db: Database, owner: { id: number }): Promise<string> {
  const contents = []
  for (const table of tables) {
    contents.push(table, ...await db.execute(sql`
      select to_json(t) as row from ${sql.identifier(table)} t where ${isOwnedBy(table, owner)}
      order by ${keyOf(table)}`))
  }
  return JSON.stringify(contents)
}

/** Those of the rows that still exist. */
export function remainingRows(db: Database, rows: Rows): Promise<Rows> {
  return rowsWhere(db, Object.entries(rows).map(([table, keys]) =>
    [table, sql`(${keyOf(table)})::text = any(${`{${keys.join()}}`}::text[])`]))
}

/** The rows that are not among the others. */
export const withoutRows = (rows: Rows, others: Rows): Rows =>
  Object.fromEntries(Object.entries(rows).map(([table, ids]) =>
    [table, ids.filter(id => !others[table]!.includes(id))]))

/** The number of rows in each table. */
export const rowCounts = (rows: Rows): Record<string, number> =>
  Object.fromEntries(Object.entries(rows).map(([table, ids]) => [table, ids.length]))

/** The names of all tables in the database. */
export async function tableNames(db: Database): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`)
  return tables.map(({ name }) => name)
}
