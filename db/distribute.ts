import { getTableName, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import {
  chats, deletions, directory, fileContents, files, idempotencyKeys, messages, projects, rateLimits, sessions, shares,
  usage, users, whitelistEntries,
} from './schema/index.ts'

/** The tables that have an owner. Each comes after those it refers to. */
const tablesOfOwners = [
  sessions, usage, deletions, idempotencyKeys, projects, chats, messages, files, fileContents, shares, whitelistEntries,
]

/** The column of each table that decides which machine has a row. */
export const distributionColumns: PgColumn[] = [
  users.id, ...tablesOfOwners.map(table => table.neptun_user_id), directory.key, rateLimits.key,
]

/** Whether the database has the Citus extension, which spreads tables over many machines. */
export async function hasCitus(db: Database): Promise<boolean> {
  return (await db.execute(sql`select from pg_extension where extname = 'citus'`)).length > 0
}

/**
 * Distributes those tables of a database with Citus that are not distributed yet, with their rows. All rows of a user
 * are on one machine.
 */
export async function distributeTables(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx.execute<{ name: string }>(sql`select logicalrelid::text as name from pg_dist_partition`)
    const distributed = new Set(rows.map(({ name }) => name))
    const missing = distributionColumns.filter(column => !distributed.has(getTableName(column.table)))
    if (missing.length === 0) return
    // Citus does this itself for a function that is created when it has workers already.
    await tx.execute(sql`select create_distributed_function('update_time(timestamptz)')`)
    for (const { table, name } of missing) {
      const colocation = name === 'neptun_user_id' ? getTableName(users) : 'none'
      await tx.execute(
        sql`select create_distributed_table(${getTableName(table)}, ${name}, colocate_with => ${colocation})`)
    }
    // Distributing a table copies its rows and leaves the originals behind, hidden. Truncating users also truncates the
    // tables that refer to it.
    for (const table of [users, directory, rateLimits])
      await tx.execute(sql`select truncate_local_data_after_distributing_table(${getTableName(table)})`)
  })
}
