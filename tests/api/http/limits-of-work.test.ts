import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { appendMessages, createChat, logInAgain, signedInUser, type TestUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { stallReading } from '../../support/stalled-reader.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

const mebibyte = 1024 * 1024
const busy = errorBody(429, 'Too many requests are being processed.')
const limits = {
  // Hashing a password takes seconds.
  NUXT_BCRYPT_COST: '15',
  NUXT_USER_CONCURRENCY: '1',
  NUXT_USER_QUEUE_SIZE: '1',
  NUXT_USER_QUEUE_TIMEOUT: '1',
  NUXT_MAX_BODY_BYTES: String(2 * mebibyte),
  NUXT_MAX_TOTAL_BODY_BYTES: String(2 * mebibyte),
  NUXT_MAX_TOTAL_RESPONSE_BYTES: '12000000',
  NUXT_MAX_RESPONSES_PER_ADDRESS: '3',
  NUXT_TRUSTED_PROXIES: '1',
}

let server: RunningServer

beforeAll(async () => {
  server = await startServer({ ...testEnvironment, ...limits, DATABASE_URL: testServer().databaseUrl })
})

afterAll(() => server.stop())

/** Sends a request of a person to the server with the limits, from an address of its own. */
let addresses = 0
function send(person: TestUser, method: string, path: string, body?: object, session = person.session) {
  const headers = { 'cookie': `neptun-session=${session}`, 'x-forwarded-for': `10.0.0.${++addresses}` }
  return request(method, path, body, { headers, baseUrl: server.url })
}

/** Sends the beginning of a request with a body. */
async function begin(person: TestUser, address: string, path: string, length: number, sent: string) {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {})
  socket.write([
    `POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', `X-Forwarded-For: ${address}`, 'Connection: close',
    `Cookie: neptun-session=${person.session}`, 'Content-Type: application/json', `Content-Length: ${length}`, '', sent,
  ].join('\r\n'))
  await setTimeout(200)
  return {
    async finish(rest: string) {
      const [data] = await Promise.all([once(socket, 'data') as Promise<[Buffer]>, Promise.resolve(socket.write(rest))])
      socket.destroy()
      return data[0].toString().split('\r\n')[0]
    },
    close: () => socket.destroy(),
  }
}

describe('a connection', () => {
  /** Sends requests at once, and returns the statuses of the responses until the connection is closed. */
  async function pipeline(count: number): Promise<string[]> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    const head = (connection: string) => `GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: ${connection}\r\n\r\n`
    socket.write(head('keep-alive').repeat(count - 1) + head('close'))
    let received = ''
    socket.on('data', (data: Buffer) => received += data.toString()).on('error', () => {})
    await once(socket, 'close')
    return received.match(/(?<=HTTP\/1\.1 )\d+/g) ?? []
  }

  it('may have 16 requests under way, and is closed beyond', async () => {
    expect(await pipeline(16)).toEqual(Array.from({ length: 16 }, () => '200'))
    expect(await pipeline(17)).toEqual([])
    await vi.waitFor(() => expect(server.log()).toContainEqual(
      expect.objectContaining({ event: 'limit_hit', limit: 'pipelined-requests', address: '127.0.0.1' })), 5000)
    expect(await pipeline(1)).toEqual(['200'])
  })
})

describe('the requests of a user', () => {
  it('run one after the other, and are refused if too many wait or one waits too long', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { id } = await createChat(ada)
    const chats = `/api/users/${ada.id}/chats`
    // From here on, the token counts for its user.
    expect((await send(ada, 'GET', chats)).status).toBe(200)
    const sharing = send(ada, 'POST', `${chats}/${id}/shares`, { password: 'open sesame' })
    await setTimeout(200)
    const waiting = send(ada, 'GET', chats)
    await setTimeout(100)
    const refused = await send(ada, 'GET', chats)
    expect([refused.status, refused.body, refused.headers.get('retry-after')]).toStrictEqual([429, busy, '1'])
    expect((await send(eve, 'GET', `/api/users/${eve.id}/chats`)).status).toBe(200)
    expect((await waiting).status).toBe(429)
    expect((await sharing).status).toBe(201)
    expect((await send(ada, 'GET', chats)).status).toBe(200)
  })

  it('do not wait for those with made-up or ended sessions', async () => {
    const ada = await signedInUser()
    const chats = `/api/users/${ada.id}/chats`
    const owner = Buffer.alloc(8)
    owner.writeBigUInt64BE(BigInt(ada.id))
    const forged = () => Buffer.concat([owner, randomBytes(24)]).toString('base64url')
    const responses = await Promise.all([
      ...Array.from({ length: 30 }, () => send(ada, 'GET', chats, undefined, forged())),
      send(ada, 'GET', chats),
    ])
    expect(responses.map(({ status }) => status)).toEqual([...Array<number>(30).fill(401), 200])

    // A session that has ended counts for itself, after it has been refused once.
    const other = await logInAgain(ada)
    expect((await send(other, 'GET', chats)).status).toBe(200)
    await other.post('/api/auth/logout')
    expect((await send(other, 'GET', chats)).status).toBe(401)
    const { id } = await createChat(ada)
    const sharing = send(ada, 'POST', `${chats}/${id}/shares`, { password: 'open sesame' })
    await setTimeout(200)
    expect((await send(other, 'GET', chats)).status).toBe(401)
    expect((await sharing).status).toBe(201)
  })
})

describe('the bodies in memory', () => {
  const json = JSON.stringify({ name: 'A', model: 'openai/gpt-4o' })

  it('have a limit, which small bodies are not subject to', async () => {
    const ada = await signedInUser()
    const chats = `/api/users/${ada.id}/chats`
    const first = await begin(ada, '10.1.0.1', chats, 2 * mebibyte, ' '.repeat(1.5 * mebibyte))
    const second = await begin(ada, '10.1.0.2', chats, mebibyte, ' '.repeat(mebibyte / 2))
    expect(await second.finish(' '.repeat(mebibyte / 2))).toBe('HTTP/1.1 503 Service Unavailable')
    expect((await send(ada, 'POST', chats, { name: 'A', model: 'openai/gpt-4o' })).status).toBe(201)
    expect(await first.finish(json.padStart(mebibyte / 2))).toBe('HTTP/1.1 201 Created')
    const third = await begin(ada, '10.1.0.3', chats, mebibyte, ' '.repeat(mebibyte / 2))
    expect(await third.finish(json.padStart(mebibyte / 2))).toBe('HTTP/1.1 201 Created')
  })
})

describe('the responses in memory', () => {
  it('have a limit, which small responses are not subject to', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
    for (let i = 0; i < 3; i++) await appendMessages(ada, chat, 'x'.repeat(900_000))
    const cookie = `neptun-session=${ada.session}`
    const stall = () => stallReading(server.url + path, { cookie, 'x-forwarded-for': `10.3.0.${++addresses}` })
    // Each takes 5.4 MB, which is more than the sockets buffer.
    const readers = [await stall(), await stall()]
    const refused = await send(ada, 'GET', path)
    expect([refused.status, refused.headers.get('retry-after'), refused.error?.message])
      .toEqual([503, '1', 'Too many large responses are being sent.'])
    expect((await send(ada, 'GET', `/api/users/${ada.id}/chats`)).status).toBe(200)
    for (const reader of readers) reader.close()
    await setTimeout(200)
    expect((await send(ada, 'GET', path)).status).toBe(200)
  })
})

describe('a response whose client has gone away', () => {
  it('is not taken for one too many', async () => {
    const ada = await signedInUser()
    const { id } = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${id}/shares` as const
    const logged = server.log().length
    const body = '{"password":"open sesame"}'
    const leaving = await begin(ada, '10.4.0.1', path, body.length, body)
    leaving.close()
    // The password is hashed, and the share is created.
    await vi.waitFor(async () => expect((await ada.get(path)).body?.share).toBeTruthy(), { timeout: 20_000 })
    await setTimeout(200)
    expect(server.log().slice(logged).map(({ level }) => level)).not.toContain('error')
  })
})

describe('the responses to an address', () => {
  it('have a limit, which health checks are not subject to', async () => {
    const ada = await signedInUser()
    const chats = `/api/users/${ada.id}/chats`
    const address = '10.2.0.1'
    const get = (path: string, address: string) =>
      request('GET', path, undefined, { headers: { 'x-forwarded-for': address }, baseUrl: server.url })
    const open = await Promise.all(Array.from({ length: 3 }, () => begin(ada, address, chats, 100, '{')))
    const refused = await get('/models', `made up, ${address}`)
    expect([refused.status, refused.body, refused.headers.get('retry-after')]).toStrictEqual([429, busy, '1'])
    expect((await get('/models', '10.2.0.2')).status).toBe(200)
    expect((await get('/health', address)).status).toBe(200)
    for (const { close } of open) close()
    await setTimeout(200)
    expect((await get('/models', address)).status).toBe(200)
  })
})
