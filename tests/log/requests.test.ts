import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { appendMessages, createChat, signedInUser, type TestUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { runServer, startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { stallReading } from '../support/stalled-reader.ts'
import { testServer } from '../support/test-server.ts'

const start = (level?: string) => startServer({
  ...testEnvironment,
  ...level !== undefined && { NUXT_LOG_LEVEL: level },
  DATABASE_URL: testServer().databaseUrl,
  NUXT_DATABASE_POOL_SIZE: '1',
  NUXT_SEND_TIMEOUT: '2',
})

let server: RunningServer
let ada: TestUser
beforeAll(async () => {
  server = await start()
  ada = await signedInUser({ baseUrl: server.url })
})
afterAll(() => server?.stop())

const at = {
  get baseUrl() {
    return server.url
  },
}
const requestsIn = ({ log }: RunningServer) => log().filter(({ event }) => event === 'request')

/** The lines of the request with this id, once its response has ended. */
const linesOf = (id: string | null) => vi.waitFor(() => {
  const lines = requestsIn(server).filter(({ request_id }) => request_id === id)
  expect(lines).not.toHaveLength(0)
  return lines
})

describe('the log of a request', () => {
  it('is a line with the route, the status, the duration, the bytes and the user', async () => {
    const chat = await createChat(ada)
    const answer = await ada.get(`/api/users/${ada.id}/chats/${chat.id}?fields=hush`, at)
    expect(await linesOf(answer.headers.get('x-request-id'))).toStrictEqual([{
      level: 'info',
      time: expect.any(Number),
      pid: server.pid,
      event: 'request',
      request_id: answer.headers.get('x-request-id'),
      user_id: ada.id,
      method: 'GET',
      route: '/api/users/[user_id]/chats/[chat_id]',
      status: 200,
      duration_ms: expect.any(Number),
      bytes: expect.any(Number),
    }])
  })

  it.each([
    ['GET', '/models', '/models', 200],
    ['HEAD', '/models', '/models', 200],
    ['OPTIONS', '/models', '/models', 204],
    ['POST', '/models', '/models', 405],
    ['GET', '/hush', '(no route)', 404],
    ['GET', '/api/%', '(no route)', 404],
    ['GET', '/docs/assets/strict.js', '/docs/assets/[file]', 200],
    ['GET', '/docs/assets/hush', '(no route)', 404],
    ['GET', '/api/shared/chats/hush', '/api/shared/chats/[uuid]', 404],
    ['POST', '/api/auth/login', '/api/auth/login', 400],
  ] as const)('names the route instead of the path: %s %s', async (method, path, route, status) => {
    const { headers } = await fetch(server.url + path, { method })
    expect(await linesOf(headers.get('x-request-id'))).toMatchObject([{ method, route, status }])
  })

  it('has the user of a missing resource, but not that of a made-up session', async () => {
    const missing = await ada.get(`/api/users/${ada.id}/chats/999999999`, at)
    const cookie = `neptun-session=${ada.id}.${'x'.repeat(32)}`
    const refused = await request('GET', `/api/users/${ada.id}/chats`, undefined, { ...at, headers: { cookie } })
    expect(await linesOf(missing.headers.get('x-request-id'))).toMatchObject([{ status: 404, user_id: ada.id }])
    const [line] = await linesOf(refused.headers.get('x-request-id'))
    expect(line).toMatchObject({ status: 401 })
    expect(line).not.toHaveProperty('user_id')
  })

  it('counts the bytes of each response on a connection', async () => {
    const chat = await createChat(ada)
    await appendMessages(ada, chat, 'x'.repeat(100_000))
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
    const answers = [await ada.get(path, at), await ada.get('/models', at), await ada.get(path, at)]
    const lines = await Promise.all(answers.map(({ headers }) => linesOf(headers.get('x-request-id'))))
    const bytes = lines.map(([line]) => line!.bytes as number)
    expect(bytes[0]).toBeGreaterThan(100_000)
    expect(bytes[1]).toBeLessThan(2000)
    expect(bytes[2]).toBe(bytes[0])
  })

  it('says if the client has taken only a part', async () => {
    const chat = await createChat(ada)
    for (let i = 0; i < 8; i++) await appendMessages(ada, chat, 'x'.repeat(900_000))
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages`
    const reader = await stallReading(server.url + path, {
      'cookie': `neptun-session=${ada.session}`, 'x-request-id': 'broken-off',
    })
    await setTimeout(100)
    expect(requestsIn(server).some(({ request_id }) => request_id === 'broken-off')).toBe(false)
    reader.close()
    expect(await linesOf('broken-off')).toMatchObject([{ status: 200, aborted: true }])
  })
})

describe('NUXT_LOG_LEVEL', () => {
  it('is info by default, which leaves health checks out', async () => {
    await fetch(`${server.url}/health`)
    const { headers } = await fetch(`${server.url}/models`)
    await linesOf(headers.get('x-request-id'))
    expect(server.log().filter(({ route }) => route === '/health')).toEqual([])
  })

  it.each([
    ['debug', ['/health', '/models']],
    ['warn', []],
    ['silent', []],
  ])('decides what is logged: %s', async (level, routes) => {
    const other = await start(level)
    for (const path of ['/health', '/models']) await fetch(other.url + path)
    await other.stop()
    expect(requestsIn(other).map(({ route }) => route)).toEqual(routes)
  })

  it('aborts the start if there is no such level', async () => {
    expect(await runServer({ NUXT_LOG_LEVEL: 'loud' })).toStrictEqual({
      code: 1, output: 'NUXT_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent\n',
    })
  })
})

describe('the last lines', () => {
  it('are written before the server ends', async () => {
    const other = await start()
    const ids = await Promise.all(Array.from({ length: 200 }, async () =>
      (await fetch(`${other.url}/models`)).headers.get('x-request-id')))
    await other.stop()
    expect(requestsIn(other).map(({ request_id }) => request_id).sort()).toEqual(ids.sort())
  })
})
