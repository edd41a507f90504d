import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { join } from 'node:path'
import { migrate } from '#db/migrate'
import { createDatabase, realServer } from './databases.ts'
import { startServer, testEnvironment } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    databaseUrl: string
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
  project.provide('baseUrl', server.url)
  project.provide('databaseUrl', database.url)
  return async () => {
    await server.stop()
    await database.drop()
    if (/\b500\b|Error/.test(server.output())) console.error(`The server complained:\n${server.output()}`)
  }
}

async function build(): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'build', '--logLevel=silent'], { cwd: root, env })
}
