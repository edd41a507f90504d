import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { buildIfStale, serverEntry } from './build.ts'
import { startServer, type RunningServer } from './process.ts'

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

/** Starts the production server, which is built first if need be. */
export function startApi(databaseUrl: string): Promise<RunningServer> {
  buildIfStale()
  return startServer([serverEntry], { ...environment, DATABASE_URL: databaseUrl })
}

/** Starts a bare server. */
export function startBare(name: 'pipelining' | 'json', databaseUrl: string): Promise<RunningServer> {
  return startServer([join(import.meta.dirname, `bare/${name}.ts`)], { ...environment, DATABASE_URL: databaseUrl })
}

/** Remembers which chats and messages exist. Returns a function that deletes those that were added since. */
export async function rememberRows(sql: Sql): Promise<() => Promise<void>> {
  const [last] = await sql<{ chat: string, message: string }[]>`
    select (select max(id) from chats) as chat, (select max(id) from messages) as message`
  return async () => {
    await sql`delete from messages where id > ${last!.message}`
    await sql`delete from chats where id > ${last!.chat}`
    await sql`vacuum analyze messages, chats`
    // Updates of a chat leave dead entries in every index that sorts lists.
    await sql`reindex table chats`
  }
}
