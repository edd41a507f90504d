import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { buildIfStale, serverEntry } from './build.ts'
import { defer } from './cleanup.ts'
import type { BenchDatabase } from './database.ts'
import { startServer, type RunningServer } from './process.ts'
import packageJson from '../package.json' with { type: 'json' }

/** The connections of the load generator. */
export const connections = 32

/** The connections of the server to the database, which is its default, and of the yardsticks. */
export const poolSize = 10

/** What the server and the bare servers share, so that each accepts the links of the others. */
const environment = {
  NUXT_SIGNING_SECRET: randomBytes(32).toString('base64url'),
  NUXT_FILE_URL_LIFETIME: String(24 * 60 * 60),
}

Object.assign(process.env, environment)

/** The flags of Node.js in `npm start`, without its .env file. */
const flags = packageJson.scripts.start.match(/--\S+/g)!.filter(flag => !flag.startsWith('--import'))

/**
 * Starts the production server as `npm start` does. It is built first if need be.
 * @param settings further environment variables
 */
export function startApi(databaseUrl: string, settings: Record<string, string> = {}): Promise<RunningServer> {
  buildIfStale()
  return startServer([...flags, serverEntry], { ...environment, ...settings, DATABASE_URL: databaseUrl })
}

/** Starts a bare server. */
export function startBare(name: 'pipelining' | 'json', databaseUrl: string): Promise<RunningServer> {
  return startServer([join(import.meta.dirname, `bare/${name}.ts`)], { ...environment, DATABASE_URL: databaseUrl })
}

/** Remembers which chats, messages and files exist. Returns a function that deletes those that were added since. */
export async function rememberRows({ sql, isKept }: BenchDatabase): Promise<() => Promise<void>> {
  const [last] = await sql<Record<'chat' | 'message' | 'file', string>[]>`
    select (select max(id) from chats) as chat, (select max(id) from messages) as message,
      (select max(id) from files) as file`
  const restore = async () => {
    await sql`delete from files where id > ${last!.file}`
    await sql`delete from messages where id > ${last!.message}`
    await sql`delete from chats where id > ${last!.chat}`
    await sql`vacuum analyze chats, messages, files, file_contents`
    // Updates of a chat leave dead entries in every index that sorts lists.
    await sql`reindex table chats`
  }
  // A run may be stopped in the middle of a write.
  if (isKept) defer(restore)
  return restore
}
