import { setTimeout } from 'node:timers/promises'
import { connectForMaintenance, type Database } from '#db/client'
import { migrate } from '#db/migrate'
import { defer } from '../bench/cleanup.ts'
import { migrations } from '../tests/support/migrations.ts'
import { startServer, testEnvironment, type RunningServer } from '../tests/support/server.ts'
import { startPostgres, type PostgresServer } from './postgres.ts'

/** A PostgreSQL server with the tables, and a connection to it for the test itself. */
export interface Environment {
  postgres: PostgresServer
  db: Database
  /** Starts a server on it. Its time limits are short, so that the test need not wait for long. */
  start: (settings?: Record<string, string>) => Promise<RunningServer>
}

/** Seconds. */
export const databaseTimeout = 2

export async function createEnvironment(): Promise<Environment> {
  const postgres = await startPostgres()
  await migrate(postgres.url, migrations)
  const db = connectForMaintenance(postgres.url)
  defer(() => db.$client.end({ timeout: 0 }))
  return {
    postgres,
    db,
    async start(settings) {
      const server = await startServer({
        ...testEnvironment,
        DATABASE_URL: postgres.url,
        NUXT_DATABASE_TIMEOUT: String(databaseTimeout),
        // One user sends everything.
        NUXT_USER_CONCURRENCY: '1000',
        NUXT_MAX_RESPONSES_PER_ADDRESS: '1000000',
        ...settings,
      })
      defer(() => isRunning(server) && server.stop('SIGKILL'))
      return server
    },
  }
}

/** Whether a server has not exited. */
export function isRunning({ pid }: RunningServer): boolean {
  try {
    return process.kill(pid, 0)
  }
  catch {
    return false
  }
}

/** The status of a path of a server, on a connection of its own; undefined if it does not answer. */
export async function statusOf(url: string, path: string): Promise<number | undefined> {
  const response = await fetch(url + path, { headers: { connection: 'close' } }).catch(() => undefined)
  await response?.arrayBuffer()
  return response?.status
}

/**
 * Waits until a server is ready.
 * @returns after how many milliseconds
 */
export async function untilReady(url: string): Promise<number> {
  const start = performance.now()
  while (await statusOf(url, '/health/ready') !== 200) await setTimeout(20)
  return performance.now() - start
}
