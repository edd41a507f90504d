import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { errorBody } from '../../support/expect.ts'
import { createChat, signedInUser, type TestUser } from '../../support/factories.ts'
import { parseRawResponse } from '../../support/raw.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { stallReading } from '../../support/stalled-reader.ts'
import { testServer } from '../../support/test-server.ts'
import { useDatabase } from '../../support/use-database.ts'
import { fillPath } from '../../support/valid-requests.ts'

const db = useDatabase()
const mebibyte = 1024 * 1024
const tooLate = errorBody(408, 'The request did not arrive in time.')

let server: RunningServer
let ada: TestUser

beforeAll(async () => {
  const limits = { NUXT_HEADERS_TIMEOUT: '1', NUXT_BODY_TIMEOUT: '1', NUXT_SEND_TIMEOUT: '1' }
  server = await startServer({ ...testEnvironment, ...limits, DATABASE_URL: testServer().databaseUrl })
  ada = await signedInUser({ baseUrl: server.url })
})

afterAll(() => server.stop())

/** Sends parts of a request to a path, and returns the response once the connection has been closed. */
async function sendSlowly(method: string, path: string, send: (socket: Socket) => Promise<void>) {
  const received: Buffer[] = []
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => {})
  const closed = once(socket, 'close')
  await send(socket)
  await closed
  return parseRawResponse(method, path, Buffer.concat(received))
}

const headersOf = (method: string, path: string, length: number) => [
  `${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', `Cookie: neptun-session=${ada.session}`,
  'Content-Type: application/json', `Content-Length: ${length}`,
].join('\r\n')

describe('headers', () => {
  it('that do not arrive in time are a 408', async () => {
    const { status, body } = await sendSlowly('POST', '/api/auth/login', async (socket) => {
      socket.write('POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\n')
    })
    expect([status, body]).toStrictEqual([408, tooLate])
  })
})

describe.concurrent('a body', () => {
  const pathOf = () => `/api/users/${ada.id}/projects`
  const json = JSON.stringify({ name: 'Neptun', project_type: 'backend', programming_language: 'typescript' })

  const withBody = Object.values(contracts).filter(({ body }) => body).map(({ route }) => route)
  it.each(withBody)('that does not arrive in time is a 408: %s', async (route) => {
    const [method, template] = route.split(' ') as [string, string]
    const path = fillPath(template, { user_id: ada.id })
    const { status, body, headers } = await sendSlowly(method, path, async (socket) => {
      socket.write(`${headersOf(method, path, 1000)}\r\n\r\n{"name":`)
    })
    expect([status, body, headers.get('connection')]).toStrictEqual([408, tooLate, 'close'])
  })

  it('that arrives byte by byte is a 408', async () => {
    const { status } = await sendSlowly('POST', pathOf(), async (socket) => {
      socket.write(`${headersOf('POST', pathOf(), 1000)}\r\n\r\n{`)
      while (socket.writable && !socket.readableEnded) {
        socket.write(' ')
        await setTimeout(100)
      }
    })
    expect(status).toBe(408)
  })

  it('has the time for each MiB', async () => {
    const [length, part] = [4 * mebibyte, ' '.repeat(mebibyte)]
    const { status } = await sendSlowly('POST', pathOf(), async (socket) => {
      socket.write(`${headersOf('POST', pathOf(), length)}\r\n\r\n`)
      for (let i = 0; i < 3; i++) {
        socket.write(part)
        await setTimeout(600)
      }
      socket.write(json.padStart(mebibyte))
    })
    expect(status).toBe(201)
  })
})

describe('a client that takes', () => {
  // More than the sockets buffer.
  const [rows, length] = [10_000, 4_000]
  const largeChat = async () => {
    const { id } = await createChat(ada)
    await db.execute(sql`
      insert into messages (neptun_user_id, chat_conversation_id, role, content)
      select ${ada.id}, ${id}, 'user', rpad(i::text, ${length}::int, 'x') from generate_series(1, ${rows}::int) i`)
    return { url: `${server.url}/api/users/${ada.id}/chats/${id}/messages`, cookie: `neptun-session=${ada.session}` }
  }

  it('none of a response in time is disconnected', async () => {
    const { url, cookie } = await largeChat()
    const reader = await stallReading(url, { cookie })
    await setTimeout(3000)
    expect((await reader.readToEnd()).endsWith('\r\n0\r\n\r\n')).toBe(false)
  })

  it('a response slowly gets all of it', async () => {
    const { url, cookie } = await largeChat()
    const response = await fetch(url, { headers: { cookie } })
    let received = 0
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      received += chunk.length
      if (received < 4 * mebibyte) await setTimeout(20)
    }
    expect(received).toBeGreaterThan(rows * length)
  })
})
