import { getTableName, sql } from 'drizzle-orm'
import type { Database, Executor } from './client.ts'
import { distributionColumns } from './distribute.ts'

/** Rows that are read at a time. A file can have 4 MiB. */
const batchOf = (table: string) => table === 'file_contents' ? 4 : 500

/**
 * Copies all rows of a database into an empty one with the same migrations, in one transaction. The rows keep their
 * ids, and new ids continue where those of the source are.
 * @returns the number of rows by table
 * @throws Error if the target contains users
 */
export async function copyRows(source: Database, target: Database): Promise<Map<string, number>> {
  // Each table comes after those it refers to.
  const tables = distributionColumns.map(column => getTableName(column.table))
  return target.transaction(async (tx) => {
    // Keeps a server that is running already from adding users.
    await tx.execute(sql`lock table users in share row exclusive mode`)
    if ((await tx.execute(sql`select from users limit 1`)).length > 0)
      throw new Error('The database that DATABASE_URL names contains users. Copying requires an empty database.')
    const counts = new Map<string, number>()
    for (const table of tables) counts.set(table, await copyTable(source, tx, table))
    return counts
  })
}

async function copyTable(source: Database, target: Executor, table: string): Promise<number> {
  const name = sql.identifier(table)
  let count = 0
  const rows = source.$client.unsafe<{ row: string }[]>(`select to_json(t)::text as row from "${table}" t`)
  for await (const batch of rows.cursor(batchOf(table))) {
    const json = `[${batch.map(({ row }) => row).join()}]`
    const inserted = await target.execute(sql`
      insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, ${json}::json)
      returning 1`)
    count += inserted.length
  }
  const [sequence] = await source.execute<{ name: string | null }>(sql`
    select pg_get_serial_sequence(${table}, 'id') as name
    where exists (select from pg_attribute where attrelid = ${table}::regclass and attname = 'id')`)
  if (sequence?.name) {
    const [last] = await source.execute<{ value: string, is_called: boolean }>(
      sql`select last_value::text as value, is_called from ${sql.raw(sequence.name)}`)
    await target.execute(sql`
      select setval(pg_get_serial_sequence(${table}, 'id'), ${last!.value}::bigint, ${last!.is_called})`)
  }
  return count
}
