import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { connectForMaintenance, type Database } from './client.ts'
import { distributeTables, hasCitus } from './distribute.ts'

/** The key of the advisory lock that migrating processes wait for. An arbitrary constant. */
const migrationLock = '7637886'

/** The database lacks migrations that this version of the code requires. */
export class NotMigratedError extends Error {
  override name = 'NotMigratedError'
  constructor(missing: number) {
    const migrations = missing === 1 ? '1 migration' : `${missing} migrations`
    super(`The database is missing ${migrations}. Run npm run db:migrate, or migrate.mjs of the build.`)
  }
}

/**
 * Applies the migrations in `directory` that the database lacks, in one transaction. If the database has Citus, it then
 * distributes the tables. Any number of processes may run this at once. Requires a direct connection, not one through a
 * pooler in transaction mode: the lock belongs to the session.
 */
export async function migrate(url: string, directory: string): Promise<void> {
  const db = connectForMaintenance(url)
  try {
    // The role may have a timeout, for connections through a pooler.
    await db.execute(sql`set statement_timeout = 0`)
    await db.execute(sql`select pg_advisory_lock(${sql.raw(migrationLock)})`)
    const [server] = await db.execute<{ encoding: string }>(sql`select current_setting('server_encoding') as encoding`)
    if (server!.encoding !== 'UTF8') throw new Error(`The database encoding is ${server!.encoding}. It must be UTF8.`)
    const isDistributed = await hasCitus(db)
    // Otherwise Citus rejects a transaction that changes a type after a distributed table.
    if (isDistributed) await db.execute(sql`set citus.multi_shard_modify_mode = 'sequential'`)
    await applyMigrations(db, { migrationsFolder: directory })
    if (isDistributed) await distributeTables(db)
  }
  finally {
    await db.$client.end()
  }
}

/** @throws NotMigratedError if the database lacks a migration in `directory` */
export async function assertMigrated(db: Database, directory: string): Promise<void> {
  const required = readMigrationFiles({ migrationsFolder: directory })
  const [journal] = await db.execute<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  )
  const applied = journal?.exists
    ? await db.execute<{ hash: string }>(sql`select hash from drizzle.__drizzle_migrations`)
    : []
  const hashes = new Set(applied.map(row => row.hash))
  const missing = required.filter(migration => !hashes.has(migration.hash)).length
  if (missing > 0) throw new NotMigratedError(missing)
}
