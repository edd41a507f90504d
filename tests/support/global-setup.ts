import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { join } from 'node:path'
import { migrate } from '#db/migrate'
import { createDatabase, realServer } from './databases.ts'
import { declaredStatuses } from './document.ts'
import { startServer, testEnvironment } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    databaseUrl: string
    /** The file in which is noted which of the documented statuses the tests have seen. */
    statusesSeen: string
  }
}

const root = join(import.meta.dirname, '../..')

/** One build, one database and one server for the whole run. */
export default async function setUp(project: TestProject) {
  const [database] = await Promise.all([createDatabase(), build()])
  await migrate(database.url, join(root, 'migrations'))
  const server = await startServer({
    ...testEnvironment,
    DATABASE_URL: database.url,
    NUXT_DATABASE_POOL_SIZE: realServer ? '5' : '1',
  })
  const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  const statusesSeen = join(folder, 'statuses-seen')
  await writeFile(statusesSeen, '')
  project.provide('baseUrl', server.url)
  project.provide('databaseUrl', database.url)
  project.provide('statusesSeen', statusesSeen)
  return async () => {
    await reportStatuses(project, statusesSeen)
    await rm(folder, { recursive: true })
    await server.stop()
    await database.drop()
    if (/\b500\b|Error/.test(server.output())) console.error(`The server complained:\n${server.output()}`)
  }
}

/** Tells how many of the documented statuses were seen. A run of all files fails if one was not; 500 and 503 are no test's to cause. */
async function reportStatuses(project: TestProject, statusesSeen: string): Promise<void> {
  const seen = new Set((await readFile(statusesSeen, 'utf8')).split('\n'))
  const wanted = declaredStatuses.filter(status => !/ 50[03]$/.test(status))
  const missing = wanted.filter(status => !seen.has(status))
  console.log(`Documented statuses reached: ${wanted.length - missing.length} of ${wanted.length}`)
  const { testFiles } = await project.globTestFiles()
  const isWholeRun = testFiles.every(file => project.vitest.state.filesMap.has(file)) && !project.vitest.config.testNamePattern
  if (!isWholeRun || missing.length === 0) return
  console.error(`No test reached: ${missing.join(', ')}`)
  process.exitCode = 1
}

async function build(): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build', '--logLevel=silent'], { cwd: root, env })
}
