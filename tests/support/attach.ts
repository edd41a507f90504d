import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDate } from './build.ts'

const root = join(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/neptun')
const announcement = join(cache, 'test-server.json')
const lockFile = join(cache, 'test-run.pid')

/** The server of `npm run test:serve`, as it announces itself to `npm run test:one`. */
interface Announcement {
  pid: number
  baseUrl: string
  databaseUrl: string
  /** The `TEST_DATABASE_URL` of `npm run test:serve`; absent for the embedded database. */
  testDatabaseUrl?: string
  /** The time of its build. */
  built: string
}

/** Announces the server of this process to later test runs. */
export async function announce(baseUrl: string, databaseUrl: string): Promise<void> {
  const built = await buildDate()
  const testDatabaseUrl = process.env.TEST_DATABASE_URL || undefined
  const content: Announcement = { pid: process.pid, baseUrl, databaseUrl, testDatabaseUrl, built }
  mkdirSync(cache, { recursive: true })
  // The URLs may contain a password.
  writeFileSync(announcement, JSON.stringify(content), { mode: 0o600 })
}

export const withdraw = () => rmSync(announcement, { force: true })

/** The pid of a live process that has announced a server. */
export function announcedPid(): number | undefined {
  const { pid } = readAnnouncement() ?? {}
  return pid && isAlive(pid) ? pid : undefined
}

export interface AttachedServer {
  baseUrl: string
  databaseUrl: string
  detach: () => void
}

/**
 * Attaches this test run to the server of `npm run test:serve`.
 * @throws Error if the server is missing, unreachable, out of date, or in use by another run
 */
export async function attach(): Promise<AttachedServer> {
  const server = readAnnouncement()
  if (!server)
    throw new Error('No test server is ready. Run npm run test:serve in another terminal, or wait for its build.')
  const { pid, baseUrl, databaseUrl, testDatabaseUrl, built } = server
  const isReady = isAlive(pid) && await fetch(`${baseUrl}/health/ready`).then(({ ok }) => ok, () => false)
  if (!isReady)
    throw new Error(`The test server (pid ${pid}) has exited or does not respond. Restart it: npm run test:serve`)
  if (process.env.TEST_DATABASE_URL && process.env.TEST_DATABASE_URL !== testDatabaseUrl)
    throw new Error('TEST_DATABASE_URL differs from that of npm run test:serve. Unset it, or restart the test server.')
  const change = await changeSince(built)
  if (change)
    throw new Error(`The test server is out of date: ${change}. Press Enter in its terminal to rebuild it.`)
  // Inherited by the workers, for tests that create databases of their own.
  if (testDatabaseUrl) process.env.TEST_DATABASE_URL = testDatabaseUrl
  return { baseUrl, databaseUrl, detach: testDatabaseUrl ? () => {} : lock() }
}

const readAnnouncement = () =>
  existsSync(announcement) ? JSON.parse(readFileSync(announcement, 'utf8')) as Announcement : undefined

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Describes a change to the server's code since it was built; undefined if there is none. */
async function changeSince(built: string): Promise<string | undefined> {
  if (await buildDate().catch(() => undefined) !== built) return 'another build has replaced its own'
  const sources = ['{server,db,modules,migrations}/**/*.*', 'nuxt.config.ts', 'package-lock.json']
  const changed = globSync(sources, { cwd: root }).find(file => statSync(join(root, file)).mtime > new Date(built))
  return changed && `${changed} has changed`
}

/** Locks the embedded database: it has a single session, which concurrent runs cannot share. */
function lock(): () => void {
  const owner = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : undefined
  if (owner && isAlive(owner)) {
    throw new Error(`The test run with pid ${owner} is using the embedded database. Wait until it ends, `
      + 'or start npm run test:serve with TEST_DATABASE_URL, on which runs may overlap.')
  }
  writeFileSync(lockFile, String(process.pid))
  return () => rmSync(lockFile, { force: true })
}
