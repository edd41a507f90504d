import { execFileSync } from 'node:child_process'
import { request as sendRequest } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { migrate } from '#db/migrate'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'
import { signedInUser, uniqueEmail, validPassword } from '../support/factories.ts'
import { migrations } from '../support/migrations.ts'
import { runServer, startServer, testEnvironment, type RunningServer } from '../support/server.ts'

const twoWorkers = { NITRO_CLUSTER_WORKERS: '2' }

/** The pids of the child processes. */
function childrenOf(pid: number): number[] {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=']).toString().trim().split('\n')
  return processes.map(line => line.trim().split(/\s+/).map(Number)).filter(([, parent]) => parent === pid)
    .map(([child]) => child!)
}

describe('several workers that cannot start', () => {
  it('refuse the embedded database, once and with the way out', async () => {
    expect(await runServer(twoWorkers)).toStrictEqual({
      code: 1,
      output: 'DATABASE_URL must be set, or NITRO_CLUSTER_WORKERS must be 1: '
        + 'only one process can open the embedded database\n',
    })
  })

  it('end together and report an error once', async () => {
    const database = await createDatabase()
    const { code, output } = await runServer({ ...testEnvironment, ...twoWorkers, DATABASE_URL: database.url })
    await database.drop()
    expect(code).toBe(1)
    expect(output.match(/npm run db:migrate/g)).toHaveLength(1)
  })

  it('end if the port is in use', async () => {
    const database = await createDatabase()
    await migrate(database.url, migrations)
    const environment = { ...testEnvironment, DATABASE_URL: database.url, NUXT_DATABASE_POOL_SIZE: '1' }
    const server = await startServer(environment)
    const PORT = new URL(server.url).port
    const { code, output } = await runServer({ ...environment, ...twoWorkers, PORT, HOST: '127.0.0.1' })
    await server.stop()
    await database.drop()
    expect(code).toBe(1)
    expect(output).toMatch(/^Cannot listen on HOST and PORT: bind EADDRINUSE.*\n$/)
  })
})

// Each worker has connections of its own, and the embedded database takes only one.
describe.skipIf(!realServer)('two workers', () => {
  let database: TestDatabase
  let server: RunningServer
  beforeAll(async () => {
    database = await createDatabase()
    await migrate(database.url, migrations)
    server = await startServer({ ...testEnvironment, ...twoWorkers, DATABASE_URL: database.url })
    await countListening(2)
  })
  afterAll(async () => {
    await server.stop()
    await database.drop()
  })

  /** Waits until as many workers have started. */
  const countListening = (count: number) =>
    vi.waitFor(() => expect(server.output().match(/Listening on/g)).toHaveLength(count), 5000)

  it('share the port, the sessions and the database', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const answers = await Promise.all(Array.from({ length: 20 }, () => ada.get('/api/auth/check')))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const db = connectForMaintenance(database.url)
    const [connected] = await db.execute(sql`select count(distinct client_port)::int as count from pg_stat_activity
      where datname = current_database() and application_name = 'neptun-api'`)
    await db.$client.end()
    expect(connected!.count).toBeGreaterThanOrEqual(2)
  })

  it('are replaced when they die', async () => {
    const [victim] = childrenOf(server.pid)
    process.kill(victim!, 'SIGKILL')
    await countListening(3)
    expect(server.log()).toContainEqual(expect.objectContaining({
      level: 'error', event: 'worker_replaced', worker: victim, exit: 'SIGKILL',
    }))
    expect(childrenOf(server.pid)).toHaveLength(2)
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  })

  it('finish their requests on SIGTERM to the parent', async () => {
    const body = JSON.stringify({ email: uniqueEmail(), password: validPassword })
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }
    const request = sendRequest(`${server.url}/api/auth/sign-up`, { method: 'POST', headers })
    const status = new Promise<number | undefined>((resolve, reject) =>
      request.on('response', response => resolve(response.statusCode)).on('error', reject))
    request.write(body.slice(0, 10))
    await setTimeout(100)

    const workers = childrenOf(server.pid)
    const printed = server.output().length
    const stopped = server.stop()
    await setTimeout(300)
    request.end(body.slice(10))
    expect(await status).toBe(201)
    await stopped
    expect(server.output().slice(printed)).not.toMatch(/error|timeout/i)
    expect(workers).toHaveLength(2)
    for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})
