import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { DataInUseError } from './errors.ts'

/** A running embedded PostgreSQL. */
export interface EmbeddedDatabase {
  /** The connection string, for a pool of exactly one connection. */
  url: string
  close: () => Promise<void>
}

export interface EmbeddedOptions {
  /** The directory of the data. If undefined, the data is kept in memory. */
  directory?: string
  /**
   * Maximum number of connections. They share one session, so statements on different connections must never overlap.
   */
  maxConnections?: number
}

/**
 * Opens a PostgreSQL inside this process and serves it on a socket that only this user can reach.
 * @throws DataInUseError if another process has the directory open; the message names its pid
 */
export async function openEmbeddedDatabase(
  { directory, maxConnections = 1 }: EmbeddedOptions,
): Promise<EmbeddedDatabase> {
  const unlock = directory === undefined ? async () => {} : await lock(directory)
  const pglite = await PGlite.create({ dataDir: directory ?? 'memory://' })
  const address = await privateAddress()
  const server = new PGLiteSocketServer({ db: pglite, maxConnections, ...address.listen })
  await server.start()
  return {
    url: address.url,
    async close() {
      await server.stop()
      await pglite.close()
      await address.remove()
      await unlock()
    },
  }
}

/** A Unix socket in a directory that only this user can enter. On Windows, a free loopback port. */
async function privateAddress() {
  if (process.platform === 'win32') {
    const port = await freePort()
    return {
      listen: { host: '127.0.0.1', port },
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      remove: async () => {},
    }
  }
  const directory = await mkdtemp(join(tmpdir(), 'neptun-'))
  return {
    listen: { path: join(directory, '.s.PGSQL.5432') },
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`,
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Locks the directory for this process. The operating system holds the lock (through SQLite, on every platform) and
 * releases it however the process ends. The pid file is only for the error message.
 */
async function lock(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  // Not an import: bundlers mistake this recent built-in module for a package.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const pidFile = `${directory}.pid`
  const holder = new DatabaseSync(`${directory}.lock`, { timeout: 0 })
  try {
    holder.exec('pragma locking_mode = exclusive; begin exclusive')
  }
  catch {
    holder.close()
    const pid = (await readFile(pidFile, 'utf8').catch(() => 'unknown')).trim()
    throw new DataInUseError(
      `The embedded database in ${directory} is in use by the process with pid ${pid}. Stop it first.`,
    )
  }
  await writeFile(pidFile, `${process.pid}\n`)
  return async () => {
    await rm(pidFile, { force: true })
    holder.close()
  }
}
