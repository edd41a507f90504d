import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { deployment } from '../deployments/deployment.ts'
import { reportExceptions } from '../deployments/report.ts'
import { attach } from './attach.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker. */
    servers: TestServer[]
    /** The file that records which documented statuses the tests have received. */
    statusesSeen: string
  }
}

export interface TestServer {
  baseUrl: string
  databaseUrl: string
}

/** Provides a server with a database to each worker, for the whole run. */
export default async function setUp(project: TestProject) {
  const isAttached = project.vite.config.mode === 'attach'
  const { servers, release } = isAttached ? await attachToServer() : await startServers(project.config.maxWorkers)
  const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  const statusesSeen = join(folder, 'statuses-seen')
  await writeFile(statusesSeen, '')
  project.provide('servers', servers)
  project.provide('statusesSeen', statusesSeen)
  return async () => {
    if (await isWholeRun(project)) {
      if (deployment) reportExceptions(project.vitest, deployment)
      else await reportStatuses(statusesSeen)
    }
    await rm(folder, { recursive: true })
    await release()
  }
}

async function startServers(count: number) {
  // Imported here, because attaching to a server has to be quick.
  const { buildWithDatabases, startSharedServer } = await import('./shared-server.ts')
  const databases = await buildWithDatabases(count)
  const started = await Promise.all(databases.map(async database => ({
    database,
    server: await startSharedServer(database),
  })))
  const release = () => Promise.all(started.map(async ({ database, server }) => {
    await server.stop()
    await database.drop()
    const errors = server.log().filter(({ level }) => level === 'error' || level === 'fatal')
    for (const error of errors) console.error('A server logged an error:', error)
  }))
  const servers = started.map(({ database, server }) => ({ baseUrl: server.url, databaseUrl: database.url }))
  return { servers, release }
}

async function attachToServer() {
  const { detach, ...server } = await attach().catch((error: Error) => {
    // Vitest would print it below "No test files found" and a stack trace.
    console.error(`\n${error.message}\n`)
    process.exit(1)
  })
  return { servers: [server], release: async () => detach() }
}

async function isWholeRun(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles()
  const { state, config } = project.vitest
  return testFiles.every(file => state.filesMap.has(file)) && !config.testNamePattern
}

/** After a run of all tests, fails unless they have received every documented status, apart from 500 and 503. */
async function reportStatuses(statusesSeen: string): Promise<void> {
  const { declaredStatuses } = await import('./document.ts')
  const seen = new Set((await readFile(statusesSeen, 'utf8')).split('\n'))
  const wanted = declaredStatuses.filter(status => !/ 50[03]$/.test(status))
  const missing = wanted.filter(status => !seen.has(status))
  console.log(`Documented statuses received: ${wanted.length - missing.length} of ${wanted.length}`)
  if (missing.length === 0) return
  console.error(`No test received: ${missing.join(', ')}`)
  process.exitCode = 1
}
