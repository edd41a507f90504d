import { getTableName, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import {
  chats, directory, fileContents, files, messages, projects, sessions, shares, users, whitelistEntries,
} from './schema/index.ts'

/**
 * The column whose value decides which machine has a row. Rows with the same owner are on the same machine. In an order
 * in which every table comes after those that it refers to.
 */
const distributionColumns: PgColumn[] = [
  users.id,
  ...[sessions, projects, chats, messages, files, fileContents, shares, whitelistEntries]
    .map(table => table.neptun_user_id),
  directory.key,
]

/** Whether the database has the Citus extension, which spreads tables over many machines. */
export async function hasCitus(db: Database): Promise<boolean> {
  return (await db.execute(sql`select from pg_extension where extname = 'citus'`)).length > 0
}

/** Distributes those tables of a database with Citus that are not distributed yet, with their rows. */
export async function distributeTables(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    // Only needed if the function is older than the extension.
    await tx.execute(sql`select create_distributed_function('update_time(timestamptz)')`)
    for (const column of distributionColumns) {
      const table = getTableName(column.table)
      const distributed = await tx.execute(
        sql`select from pg_dist_partition where logicalrelid = ${table}::text::regclass`)
      if (distributed.length > 0) continue
      const colocation = column.table === users || column.table === directory ? 'none' : getTableName(users)
      await tx.execute(sql`select create_distributed_table(${table}, ${column.name}, colocate_with => ${colocation})`)
    }
    // Distributing a table copies its rows and hides the originals.
    for (const table of [users, directory])
      await tx.execute(sql`select truncate_local_data_after_distributing_table(${getTableName(table)})`)
  })
}
