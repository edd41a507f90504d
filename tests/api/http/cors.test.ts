import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendMessages, createChat, createShare, signedInUser, type TestUser } from '../../support/factories.ts'
import { follow, rawRequest } from '../../support/raw.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

const origin = 'https://app.example.com'
const others = [undefined, 'https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null']

let server: RunningServer
let ada: TestUser

beforeAll(async () => {
  server = await startServer({
    ...testEnvironment,
    DATABASE_URL: testServer().databaseUrl,
    NUXT_DATABASE_POOL_SIZE: '1',
    NUXT_ALLOWED_ORIGINS: `https://beta.example.com,${origin}`,
  })
  ada = await signedInUser({ baseUrl: server.url })
})
afterAll(() => server?.stop())

const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  rawRequest(method, path.replace('{id}', `${ada.id}`), {
    headers: { cookie: `neptun-session=${ada.session}`, ...headers },
    baseUrl: server.url,
  })

/** The CORS headers of a response, sorted by name. */
const corsHeaders = ({ headers }: { headers: Headers }) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))

const readable = {
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'Accept-Ranges, Content-Disposition, Content-Range, ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, '
    + 'Retry-After, X-Request-Id',
}
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
  'access-control-allow-headers':
    'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Range, Traceparent, X-Request-Id',
  'access-control-max-age': '7200',
}

const responses = [
  ['GET', '/api/users/{id}/projects', 200],
  ['HEAD', '/api/auth/check', 204],
  ['HEAD', '/models', 200],
  ['GET', '/openapi.json', 200],
  ['GET', '/docs', 200],
  ['GET', '/', 302],
  ['GET', '/api/users/x/projects', 400],
  ['GET', '/api/files/1', 403],
  ['GET', '/api/shared/chats/x', 404],
  ['GET', '/x', 404],
  ['PUT', '/models', 405],
  ['POST', '/api/auth/login', 400],
] as const

describe('an allowed origin', () => {
  it.each(responses)('may read the response with cookies: %s %s (%i)', async (method, path, status) => {
    const response = await send(method, path, { origin })
    expect([response.status, corsHeaders(response)]).toStrictEqual([status, readable])
  })

  it.each([
    ['POST', '/api/users/{id}/projects', 'GET, POST, HEAD, OPTIONS'],
    ['DELETE', '/api/users/{id}/chats/1/messages/last', 'DELETE, OPTIONS'],
    ['PUT', '/models', 'GET, HEAD, OPTIONS'],
  ])('gets a preflight for %s %s', async (method, path, allow) => {
    const asked = { 'access-control-request-method': method, 'access-control-request-headers': 'content-type' }
    const response = await send('OPTIONS', path, { origin, 'sec-fetch-site': 'cross-site', ...asked })
    expect([response.status, response.text]).toStrictEqual([204, ''])
    expect(corsHeaders(response)).toStrictEqual({ ...readable, ...preflight })
    expect(response.headers.get('allow')!.split(', ').sort()).toEqual(allow.split(', ').sort())
  })

  it('gets no preflight headers for an OPTIONS of its own', async () => {
    const response = await send('OPTIONS', '/models', { origin })
    expect([response.status, corsHeaders(response)]).toStrictEqual([204, readable])
  })

  it('may download files by their links', async () => {
    const files = [{ title: 'a.txt', text: 'Hello' }] as const
    const [message] = await appendMessages(ada, await createChat(ada), { message: 'Look', files })
    const link = new URL(message.files[0].url)
    const response = await send('GET', link.pathname + link.search, { origin, range: 'bytes=0-0' })
    expect([response.status, corsHeaders(response)]).toStrictEqual([206, readable])
    expect((await follow(link)).status).toBe(200)
  })
})

describe.each(others)('another origin: %s', (other) => {
  const headers: Record<string, string> = other === undefined ? {} : { origin: other }

  it.each(responses)('may not read the response: %s %s', async (method, path) => {
    expect(corsHeaders(await send(method, path, headers))).toStrictEqual({})
  })

  it('gets no preflight', async () => {
    const response = await send('OPTIONS', '/models', { ...headers, 'access-control-request-method': 'DELETE' })
    expect([response.status, response.headers.get('allow'), corsHeaders(response)])
      .toStrictEqual([204, 'GET, HEAD, OPTIONS', {}])
  })
})

describe('every response', () => {
  it.each(responses)('varies by the origin, whatever it is: %s %s', async (method, path) => {
    for (const other of [origin, ...others]) {
      const { headers } = await send(method, path, other === undefined ? {} : { origin: other })
      expect(headers.get('vary')?.split(', ')).toContain('Origin')
    }
  })

  it('keeps what it varies by anyway', async () => {
    const { uuid } = await createShare(ada, await createChat(ada))
    const { status, headers } = await send('GET', `/api/shared/chats/${uuid}`, { origin })
    expect([status, headers.get('vary')]).toStrictEqual([200, 'Cookie, Authorization, Origin'])
  })

  it('varies by the origin even if the Host header is malformed', async () => {
    const { status, headers } = await send('GET', '/models', { origin, host: 'a b' })
    expect([status, headers.get('vary')]).toStrictEqual([400, 'Origin'])
  })
})
