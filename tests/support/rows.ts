import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '#db/client'

/** Ids of rows, by table. */
export type Rows = Record<string, number[]>

const ownedBy = (owner: number): Record<string, SQL> => ({
  users: sql`id = ${owner}`,
  sessions: sql`neptun_user_id = ${owner}`,
  projects: sql`neptun_user_id = ${owner}`,
  chats: sql`neptun_user_id = ${owner}`,
  messages: sql`neptun_user_id = ${owner}`,
  files: sql`neptun_user_id = ${owner}`,
  file_contents: sql`file_id in (select id from files where neptun_user_id = ${owner})`,
  shares: sql`neptun_user_id = ${owner}`,
  whitelist_entries: sql`chat_conversation_share_id in (select id from shares where neptun_user_id = ${owner})`,
})

const keyOf = (table: string) => sql.identifier(table === 'file_contents' ? 'file_id' : 'id')

async function rowsWhere(db: Database, conditions: Record<string, SQL>): Promise<Rows> {
  const columns = Object.entries(conditions).map(([table, condition]) => sql`
    (select coalesce(json_agg(${keyOf(table)} order by ${keyOf(table)}), '[]')
      from ${sql.identifier(table)} where ${condition}) as ${sql.identifier(table)}`)
  const [rows] = await db.execute<Rows>(sql`select ${sql.join(columns, sql`, `)}`)
  return { ...rows }
}

/** All rows that belong to a user. */
export const rowsOf = (db: Database, owner: { id: number }): Promise<Rows> => rowsWhere(db, ownedBy(owner.id))

/** All rows that belong to a user, with their contents, as text that can be compared. */
export async function contentsOf(db: Database, owner: { id: number }): Promise<string> {
  const tables = Object.entries(ownedBy(owner.id)).map(([table, condition]) => sql`
    (select json_agg(to_json(t) order by ${keyOf(table)})
      from ${sql.identifier(table)} t where ${condition}) as ${sql.identifier(table)}`)
  return JSON.stringify(await db.execute(sql`select ${sql.join(tables, sql`, `)}`))
}

/** Those of the rows that still exist. */
export function remainingRows(db: Database, rows: Rows): Promise<Rows> {
  return rowsWhere(db, Object.fromEntries(Object.entries(rows).map(([table, ids]) =>
    [table, sql`${keyOf(table)} = any(${`{${ids.join()}}`}::bigint[])`])))
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
