import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { DataInUseError } from './errors.ts'
import { lockFile } from './file-lock.ts'
import { createSocketFolder } from './socket-folder.ts'

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
  const { path, socket, remove } = await createSocketFolder()
  return {
    listen: { path: socket },
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(path)}`,
    remove,
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
 * Locks the directory for this process. The pid file is only for the error message.
 * @throws DataInUseError
 */
async function lock(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pidFile = `${directory}.pid`
  const held = lockFile(`${directory}.lock`)
  if (!held) {
    const pid = (await readFile(pidFile, 'utf8').catch(() => 'unknown')).trim()
    throw new DataInUseError(
      `The embedded database in ${directory} is in use by the process with pid ${pid}. Stop it first.`,
    )
  }
  await writeFile(pidFile, `${process.pid}\n`)
  return async () => {
    await rm(pidFile, { force: true })
    held.release()
  }
}
