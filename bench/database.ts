import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { migrate } from '#db/migrate'
import { defer } from './cleanup.ts'
import { progress } from './progress.ts'

const migrations = join(import.meta.dirname, '../migrations')

/** The comment on a database that the benchmark created. Any other database is left alone. */
const mark = 'Created by npm run bench, which may drop it at any time.'

export interface BenchDatabase {
  url: string
  /** A single connection of the benchmark itself. */
  sql: Sql
  /** Seconds that it took to fill; undefined if it was kept from an earlier run. */
  seconds: number | undefined
  /** Whether the next run uses it again. */
  isKept: boolean
}

interface DatabaseOptions {
  /** A server on which the user may create databases. */
  server: string
  name: string
  /** Statements that fill the migrated database, one by one. The first line of each is a comment that names it. */
  seed: readonly string[]
  /** Whether to leave it for the next run, which uses it again if migrations and seed are still the same. */
  keep: boolean
}

/**
 * Creates a database, migrates and fills it, and drops it at the end unless it is to be kept.
 * @throws Error if there is a database of this name that the benchmark did not create
 */
export async function openDatabase({ server, name, seed, keep }: DatabaseOptions): Promise<BenchDatabase> {
  const url = new URL(server)
  url.pathname = `/${name}`
  const admin = open(server)
  defer(() => admin.end())
  const version = versionOf(seed)
  const seconds = await isFilled(admin, name, version) ? undefined : await create()
  const sql = open(url.href)
  if (!keep) defer(() => admin.unsafe(`drop database ${name} with (force)`))
  defer(() => sql.end())
  return { url: url.href, sql, seconds, isKept: keep }

  async function create(): Promise<number> {
    progress(`Creating the database ${name}`)
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.unsafe(`create database ${name}`)
    await admin.unsafe(`comment on database ${name} is '${mark}'`)
    const start = performance.now()
    await migrate(url.href, migrations)
    await fill(url.href, seed)
    await admin.unsafe(`comment on database ${name} is '${mark} Filled: ${version}'`)
    return (performance.now() - start) / 1000
  }
}

/** @throws Error if the database exists and the benchmark did not create it */
async function isFilled(admin: Sql, name: string, version: string): Promise<boolean> {
  const [found] = await admin<{ comment: string | null }[]>`
    select shobj_description(oid, 'pg_database') as comment from pg_database where datname = ${name}`
  if (found && !found.comment?.startsWith(mark)) {
    throw new Error(`The database ${name} exists, and the benchmark did not create it. `
      + 'Rename or drop it, or name another server in BENCH_DATABASE_URL.')
  }
  return found?.comment?.endsWith(version) ?? false
}

async function fill(url: string, seed: readonly string[]): Promise<void> {
  const sql = open(url)
  for (const statement of seed) {
    progress(`  ${statement.split('\n')[0]!.replace('-- ', '')}`)
    await sql.unsafe(statement)
  }
  await sql.end()
}

/** Identifies the content of a database: its migrations and its seed. */
function versionOf(seed: readonly string[]): string {
  const journal = readFileSync(join(migrations, 'meta/_journal.json'))
  return createHash('sha256').update(journal).update(seed.join()).digest('hex').slice(0, 16)
}

function open(url: string): Sql {
  return postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'neptun-bench', TimeZone: 'UTC' },
  })
}
