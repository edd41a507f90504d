import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { migrate } from '#db/migrate'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'
import { createChat, signedInUser, uniqueEmail } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { migrations } from '../support/migrations.ts'
import { stallReading } from '../support/stalled-reader.ts'
import { runServer, startServer, testEnvironment, type RunningServer } from '../support/server.ts'

const withMetrics = { NUXT_METRICS_PORT: '0', NUXT_LOGIN_LIMIT: '1' }

/** The metrics of a server, by their names with labels. */
async function metricsOf(server: RunningServer): Promise<Map<string, number>> {
  const [, port] = /Metrics on port (\d+)/.exec(server.output()) ?? []
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => {
    const [, name, value] = /^(.+) (\S+)$/.exec(line)!
    return [name!, Number(value)]
  }))
}

const requests = (labels: string) => `neptun_http_request_duration_seconds_count{${labels}}`
const unknown = requests('method="GET",route="(no route)",status="404"')

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url, migrations)
})
afterAll(() => database.drop())

describe('the metrics of a server', () => {
  let server: RunningServer
  beforeAll(async () => {
    const pool = realServer ? '3' : '1'
    server = await startServer({
      ...testEnvironment, ...withMetrics, DATABASE_URL: database.url, NUXT_DATABASE_POOL_SIZE: pool,
    })
    await vi.waitFor(() => expect(server.output()).toContain('Metrics on port'))
  })
  afterAll(() => server?.stop())

  it('exist from the start', async () => {
    const zeros = [
      requests('method="GET",route="/api/users/[user_id]/chats/[chat_id]/messages",status="500"'),
      'neptun_limit_hits_total{limit="login"}',
      'neptun_limit_hits_total{limit="response-bodies"}',
      'neptun_security_events_total{event="login_failed"}',
      'neptun_database_connections_in_use',
      'neptun_database_waiting',
      'neptun_database_reads_in_flight',
      'neptun_password_hashes_running',
      'neptun_password_hashes_waiting',
      'neptun_request_body_bytes',
      'neptun_response_body_bytes',
    ]
    // The server looks for deletions to continue when it starts.
    const metrics = await vi.waitFor(async () => {
      const metrics = await metricsOf(server)
      expect(zeros.map(name => metrics.get(name))).toEqual(zeros.map(() => 0))
      return metrics
    })
    for (const name of ['nodejs_eventloop_lag_seconds', 'nodejs_heap_size_used_bytes', 'process_cpu_seconds_total'])
      expect(metrics.has(name)).toBe(true)
  })

  it('count requests by method, route and status', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const before = await metricsOf(server)
    const chat = await createChat(ada)
    for (let i = 0; i < 3; i++) await ada.get(`/api/users/${ada.id}/chats/${chat.id}`, { baseUrl: server.url })
    const metrics = await metricsOf(server)
    const reads = requests('method="GET",route="/api/users/[user_id]/chats/[chat_id]",status="200"')
    expect(metrics.get(reads)! - (before.get(reads) ?? 0)).toBe(3)
  })

  it('have a limited number of labels, whatever clients send', async () => {
    const paths = ['/a', '/b?c', '/api/users/1/x', '/api/%']
    for (const path of paths) await fetch(server.url + path)
    const first = await metricsOf(server)
    expect(first.get(unknown)).toBe(paths.length)
    for (const method of ['PUT', 'PROPFIND']) await fetch(`${server.url}/models`, { method })
    const second = await metricsOf(server)
    expect(second.get(requests('method="other",route="/models",status="405"'))).toBe(2)
    const routes = [...second.keys()].filter(name => /hush|route="\/(a|b)"|PROPFIND/.test(name))
    expect(routes).toEqual([])
  })

  it('count limits and events', async () => {
    const credentials = { email: uniqueEmail(), password: 'wrong' }
    const post = () => request('POST', '/api/auth/login', credentials, { baseUrl: server.url })
    expect([(await post()).status, (await post()).status]).toEqual([401, 429])
    const metrics = await metricsOf(server)
    expect(metrics.get('neptun_limit_hits_total{limit="login"}')).toBe(1)
    expect(metrics.get('neptun_security_events_total{event="login_failed"}')).toBe(1)
    expect(metrics.get('neptun_security_events_total{event="limit_hit"}')).toBe(1)
  })

  it('count requests that were broken off', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages`
    for (let i = 0; i < 8; i++)
      await ada.post(path, { actor: 'user', message: 'x'.repeat(900_000) }, { baseUrl: server.url })
    const reader = await stallReading(server.url + path, { cookie: `neptun-session=${ada.session}` })
    const held = (await metricsOf(server)).get('neptun_response_body_bytes')
    expect(held).toBeGreaterThan(0)
    reader.close()
    const aborted = requests('method="GET",route="/api/users/[user_id]/chats/[chat_id]/messages",status="aborted"')
    await vi.waitFor(async () => expect((await metricsOf(server)).get(aborted)).toBe(1))
    expect((await metricsOf(server)).get('neptun_response_body_bytes')).toBe(0)
  })

  it.skipIf(!realServer)('show the connections in use, and what waits for one', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada)
    const db = connectForMaintenance(database.url)
    const writes: Promise<unknown>[] = []
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from chats where id = ${chat.id} for update`)
      const path = `/api/users/${ada.id}/chats/${chat.id}/messages`
      for (let i = 0; i < 5; i++)
        writes.push(ada.post(path, { actor: 'user', message: 'Hello' }, { baseUrl: server.url }))
      // The pool has two connections besides that for reads.
      await vi.waitFor(async () => {
        const metrics = await metricsOf(server)
        expect(metrics.get('neptun_database_connections_in_use')).toBe(2)
        expect(metrics.get('neptun_database_waiting')).toBeGreaterThan(0)
      })
    })
    await Promise.all(writes)
    await db.$client.end()
    await vi.waitFor(async () => {
      const metrics = await metricsOf(server)
      expect(metrics.get('neptun_database_connections_in_use')).toBe(0)
      expect(metrics.get('neptun_database_waiting')).toBe(0)
    })
  })

  it('are not served on the port of the API', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
  })
})

describe('NUXT_METRICS_PORT', () => {
  it('aborts the start if it is in use', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const NUXT_METRICS_PORT = String((other.address() as AddressInfo).port)
    const environment = { ...testEnvironment, DATABASE_URL: database.url, HOST: '127.0.0.1', NUXT_METRICS_PORT }
    const { code, output } = await runServer({ ...environment, NUXT_DATABASE_POOL_SIZE: '1' })
    other.close()
    expect(code).toBe(1)
    expect(output).toContain('Cannot listen on NUXT_METRICS_PORT: listen EADDRINUSE')
  })
})

describe.skipIf(!realServer)('the metrics of workers', () => {
  it('are those of all together', async () => {
    const server = await startServer({
      ...testEnvironment, ...withMetrics, NITRO_CLUSTER_WORKERS: '2', DATABASE_URL: database.url,
    })
    await vi.waitFor(() => expect(server.output().match(/Listening on/g)).toHaveLength(2), 10_000)
    await vi.waitFor(() => expect(server.output()).toContain('Metrics on port'), 10_000)
    // Each has a connection of its own, so that both workers get some.
    for (let i = 0; i < 20; i++) await fetch(`${server.url}/nothing`, { headers: { connection: 'close' } })
    await vi.waitFor(async () => expect((await metricsOf(server)).get(unknown)).toBe(20))
    const pids = new Set(server.log().filter(({ event }) => event === 'request').map(({ pid }) => pid))
    expect(pids.size).toBe(2)
    await server.stop()
  })
})
