import { execFile, spawn } from 'node:child_process'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { defer } from '../bench/cleanup.ts'
import { findPort } from '../tests/deployments/ports.ts'

/** The folder of the programs of a PostgreSQL server; undefined if there is none. Debian has one for each version. */
const programs = globSync(['/usr/lib/postgresql/*/bin/initdb', '/usr/local/pgsql/bin/initdb', '/usr/local/bin/initdb'])
  .toSorted().at(-1)?.replace(/\/initdb$/, '')

/** Whether a PostgreSQL server can be started. */
export const hasPostgres = programs !== undefined

/** A PostgreSQL server that belongs to this process alone, and is removed at the end. */
export interface PostgresServer {
  url: string
  start: () => Promise<void>
  /** Stops it at once, as a crash would. */
  stop: () => Promise<void>
}

/**
 * Creates a PostgreSQL server and starts it.
 * @throws Error if its programs are not installed
 */
export async function startPostgres(): Promise<PostgresServer> {
  if (!programs) throw new Error('The programs of a PostgreSQL server are not installed.')
  const owner = await ownerOfServer()
  const folder = await mkdtemp(join(tmpdir(), 'neptun-postgres-'))
  const port = await findPort()
  const data = join(folder, 'data')
  const run = (program: string, ...parameters: string[]) => finish(join(programs, program), parameters, folder, owner)
  let isRunning = false
  const server: PostgresServer = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async start() {
      await run('pg_ctl', 'start', '--wait', '--silent', `--pgdata=${data}`, `--log=${join(folder, 'log')}`)
      isRunning = true
    },
    async stop() {
      if (isRunning) await run('pg_ctl', 'stop', '--wait', '--silent', '--mode=immediate', `--pgdata=${data}`)
      isRunning = false
    },
  }
  defer(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })
  if (owner) await chown(folder, owner.uid, owner.gid)
  await run('initdb', `--pgdata=${data}`, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale')
  await writeFile(join(data, 'postgresql.auto.conf'), `
port = ${port}
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
`)
  await server.start()
  return server
}

/** PostgreSQL does not run as root. */
async function ownerOfServer(): Promise<{ uid: number, gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined
  const id = async (option: string) => Number((await promisify(execFile)('id', [option, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}

/** Runs a program until it ends. What it starts keeps its output, so that cannot be waited for. */
function finish(program: string, parameters: string[], cwd: string, owner: object = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, stdio: 'ignore', ...owner })
    child.on('error', reject).on('exit', code =>
      code === 0 ? resolve() : reject(new Error(`${program} ${parameters.join(' ')} exited with ${code}.`)))
  })
}
