import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { signedInUser, type TestUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { parseRawResponse, rawRequest } from '../../support/raw.ts'
import { testServer } from '../../support/test-server.ts'

const limit = 4.5 * 1024 * 1024
const json = JSON.stringify({ name: 'Neptun', project_type: 'backend', programming_language: 'typescript' })

const connectToServer = () => connect(Number(new URL(testServer().baseUrl).port), '127.0.0.1')
const pathOf = (person: TestUser) => `/api/users/${person.id}/projects`
const createProject = (person: TestUser, raw: string, type = 'application/json') =>
  person.post(pathOf(person), undefined, { raw, headers: { 'content-type': type } })

describe('a body over the limit', () => {
  const tooLarge = errorBody(413, `The request body exceeds the limit of ${limit} bytes.`)

  it('is rejected by its declared length', async () => {
    const { status, body } = await createProject(await signedInUser(), ' '.repeat(limit + 1))
    expect([status, body]).toStrictEqual([413, tooLarge])
  })

  it('is rejected without a declared length, and the server keeps running', async () => {
    const ada = await signedInUser()
    const headers = { 'cookie': `neptun-session=${ada.session}`, 'content-type': 'application/json' }
    const chunks = Array<string>(96).fill(' '.repeat(64 * 1024))
    const { status, body } = await rawRequest('POST', pathOf(ada), { headers, chunks })
    expect([status, body]).toStrictEqual([413, tooLarge])
    expect((await ada.get(pathOf(ada))).status).toBe(200)
  })

  it('is rejected from the first excess byte', async () => {
    const ada = await signedInUser()
    expect((await createProject(ada, json.padEnd(limit))).status).toBe(201)
    expect((await createProject(ada, json.padEnd(limit + 1))).status).toBe(413)
  })

  it('is rejected after the session check and before the content type check', async () => {
    const raw = ' '.repeat(limit + 1)
    expect((await createProject(await signedInUser(), raw, 'text/plain')).status).toBe(413)
    const { status } = await request('POST', '/api/users/1/projects', undefined, { raw })
    expect(status).toBe(401)
  })
})

describe('a body with a password', () => {
  const [small, tooLarge] = [16 * 1024, errorBody(413, 'The request body exceeds the limit of 16384 bytes.')]

  it.each<[string, 'POST' | 'PATCH', (ada: TestUser) => string, object]>([
    ['to sign up', 'POST', () => '/api/auth/sign-up', { email: 'nobody', password: 'wrong' }],
    ['to log in', 'POST', () => '/api/auth/login', { email: 'nobody@example.com', password: 'wrong' }],
    ['to unlock a share', 'POST', () => `/api/shared/chats/${randomUUID()}/unlock`, { password: 'wrong' }],
    ['to change the account', 'PATCH', ({ id }) => `/api/users/${id}`, { current_password: 'wrong' }],
  ])('is rejected from the first excess byte: %s', async (_, method, path, body) => {
    const ada = await signedInUser()
    const send = (length: number) => {
      const headers = { 'content-type': 'application/json' }
      return ada.send(method, path(ada), undefined, { raw: JSON.stringify(body).padEnd(length), headers })
    }
    expect((await send(small)).status).not.toBe(413)
    const response = await send(small + 1)
    expect([response.status, response.body]).toStrictEqual([413, tooLarge])
  })

  it('is read to its end first, so that a client that closes the connection can read the 413', async () => {
    const length = 1_000_000
    const socket = connectToServer()
    const received: Buffer[] = []
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    const head = ['POST /api/auth/login HTTP/1.1', 'Host: 127.0.0.1', 'Connection: close', `Content-Length: ${length}`]
    socket.write([...head, 'Content-Type: application/json\r\n\r\n'].join('\r\n') + ' '.repeat(length / 2))
    await setTimeout(200)
    expect(received).toEqual([])
    socket.write(' '.repeat(length / 2))
    await once(socket, 'close')
    const { status } = parseRawResponse('POST', '/api/auth/login', Buffer.concat(received))
    expect(status).toBe(413)
  })
})

describe('a body that is hard to parse', () => {
  const tooDeep = 'Must be nested at most 64 levels deep'
  const tooMany = 'Must have at most 25,000 values'

  it.each<[string, string, string]>([
    ['arrays in the limit of bytes', '['.repeat(limit), tooDeep],
    ['objects that are valid JSON', '{"name":'.repeat(65) + '1' + '}'.repeat(65), tooDeep],
    ['JSON in an unknown field', json.replace('}', `,"extra":${'['.repeat(64) + ']'.repeat(64)}}`), tooDeep],
    ['many items of an unknown field', json.replace('}', `,"extra":[${'1,'.repeat(25_000)}1]}`), tooMany],
    ['many unknown fields', json.replace('}', `${',"extra":1'.repeat(25_000)}}`), tooMany],
  ])('is rejected: %s', async (_, raw, message) => {
    const { status, body } = await createProject(await signedInUser(), raw)
    expect([status, body]).toMatchObject([400, { data: { issues: [{ code: 'invalid_format', path: [], message }] } }])
  })

  it('is accepted with as many values as possible', async () => {
    const raw = json.replace('}', `,"extra":[${'1,'.repeat(24_900)}1]}`)
    const { status } = await createProject(await signedInUser(), raw)
    expect(status).toBe(201)
  })
})

describe('an unfinished body', () => {
  const headOf = (person: TestUser, length: number) => [
    `POST ${pathOf(person)} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Cookie: neptun-session=${person.session}`,
    'Content-Type: application/json',
    `Content-Length: ${length}\r\n\r\n`,
  ].join('\r\n')

  it('does not affect the server if the client disconnects', async () => {
    const ada = await signedInUser()
    await Promise.all(Array.from({ length: 20 }, async () => {
      const socket = connectToServer()
      await once(socket, 'connect')
      socket.write(headOf(ada, 1000) + '{"name":', () => socket.resetAndDestroy())
      await once(socket, 'close')
    }))
    expect((await ada.get(pathOf(ada))).body).toStrictEqual({ projects: [] })
  })

  it('does not block other requests and is read when the rest arrives', async () => {
    const ada = await signedInUser()
    const socket = connectToServer()
    socket.write(headOf(ada, json.length) + json.slice(0, 10))
    expect((await ada.get('/api/auth/check')).status).toBe(200)
    socket.write(json.slice(10))
    const [answer] = await once(socket, 'data') as [Buffer]
    socket.destroy()
    expect(parseRawResponse('POST', pathOf(ada), answer).status).toBe(201)
  })
})
