import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { connectForMaintenance, type Database } from './client.ts'

/** Any number, as long as it is always the same: it names the lock that migrating processes queue for. */
const migrationLock = '7637886'

/** The database lacks migrations that this version of the code needs. */
export class NotMigratedError extends Error {
  override name = 'NotMigratedError'
  constructor(missing: number) {
    super(`The database lacks ${missing} of this version's migrations. Apply them with: npm run db:migrate`)
  }
}

/**
 * Applies the migrations in `folder` that the database does not have yet: all of them, or, if one fails, none. Any
 * number of processes may do so at once; each migration is applied once. Wants a connection of its own, not one through
 * a pooler in transaction mode, because the lock belongs to the connection.
 */
export async function migrate(url: string, folder: string): Promise<void> {
  const db = connectForMaintenance(url)
  try {
    await db.execute(sql`select pg_advisory_lock(${sql.raw(migrationLock)})`)
    const [server] = await db.execute<{ encoding: string }>(sql`select current_setting('server_encoding') as encoding`)
    if (server!.encoding !== 'UTF8') throw new Error(`The encoding of the database is ${server!.encoding}; it has to be UTF8.`)
    await applyMigrations(db, { migrationsFolder: folder })
  }
  finally {
    await db.$client.end()
  }
}

/** @throws NotMigratedError unless the database has every migration in `folder` */
export async function assertMigrated(db: Database, folder: string): Promise<void> {
  const needed = readMigrationFiles({ migrationsFolder: folder })
  const [journal] = await db.execute<{ exists: boolean }>(sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`)
  const applied = journal?.exists
    ? await db.execute<{ hash: string }>(sql`select hash from drizzle.__drizzle_migrations`)
    : []
  const hashes = new Set(applied.map(row => row.hash))
  const missing = needed.filter(migration => !hashes.has(migration.hash)).length
  if (missing > 0) throw new NotMigratedError(missing)
}
