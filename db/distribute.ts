import { getTableName, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import {
  chats, directory, fileContents, files, messages, projects, sessions, shares, users, whitelistEntries,
} from './schema/index.ts'

/** Tables that are distributed with `users`, by owner. Each comes after those it refers to. */
const tablesOfOwners = [sessions, projects, chats, messages, files, fileContents, shares, whitelistEntries]

/** The column whose value decides which machine has a row, and the table whose rows of that value are there too. */
const distribution: [column: PgColumn, colocatedWith?: PgTable][] = [
  [users.id],
  ...tablesOfOwners.map((table): [PgColumn, PgTable] => [table.neptun_user_id, users]),
  [directory.key],
]

/** Whether the database has the Citus extension, which spreads tables over many machines. */
export async function hasCitus(db: Database): Promise<boolean> {
  return (await db.execute(sql`select from pg_extension where extname = 'citus'`)).length > 0
}

/** Distributes those tables of a database with Citus that are not distributed yet, with their rows. */
export async function distributeTables(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    // Citus does so itself, unless the function is older than the extension, as in a restored dump.
    await tx.execute(sql`select create_distributed_function('update_time(timestamptz)')`)
    const rows = await tx.execute<{ name: string }>(sql`select logicalrelid::text as name from pg_dist_partition`)
    const distributed = new Set(rows.map(({ name }) => name))
    for (const [column, colocatedWith] of distribution) {
      const table = getTableName(column.table)
      if (distributed.has(table)) continue
      const colocation = colocatedWith ? getTableName(colocatedWith) : 'none'
      await tx.execute(sql`select create_distributed_table(${table}, ${column.name}, colocate_with => ${colocation})`)
    }
    // Distributing a table copies its rows and hides the originals.
    for (const table of [users, directory])
      await tx.execute(sql`select truncate_local_data_after_distributing_table(${getTableName(table)})`)
  })
}
