import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDatabaseProxy, type DatabaseProxy } from '../../support/database-proxy.ts'
import { appendMessages, createChat, createShare, signedInUser, type TestUser } from '../../support/factories.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { stallReading, withoutChunks } from '../../support/stalled-reader.ts'
import { testServer } from '../../support/test-server.ts'
import { useDatabase } from '../../support/use-database.ts'

// More than the sockets buffer.
const [rows, length] = [5_000, 4_000]
const fileSize = 20_000_000

const db = useDatabase()
let proxy: DatabaseProxy
let server: RunningServer
let ada: TestUser

beforeAll(async () => {
  proxy = await startDatabaseProxy(testServer().databaseUrl)
  server = await startServer({ ...testEnvironment, DATABASE_URL: proxy.url, NUXT_DATABASE_POOL_SIZE: '1' })
  ada = await signedInUser({ baseUrl: server.url })
})

afterAll(async () => {
  await server.stop()
  await proxy.close()
})

async function largeChat(owner = ada) {
  const chat = await createChat(owner)
  await db.execute(sql`
    insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select ${owner.id}, ${chat.id}, 'user', rpad(i::text, ${length}::int, 'x') from generate_series(1, ${rows}::int) i`)
  return { ...chat, path: `/api/users/${owner.id}/chats/${chat.id}/messages` as const }
}

const cookie = ({ session } = ada) => ({ cookie: `neptun-session=${session}` })

/** Whether a chunked body has its last chunk. */
const isComplete = (response: string) => response.endsWith('\r\n0\r\n\r\n')

describe('a client that stops reading a list', () => {
  it('delays nobody, and receives everything when it goes on', async () => {
    const { path } = await largeChat()
    const readers = await Promise.all(Array.from({ length: 20 }, () => stallReading(server.url + path, cookie())))
    // The server has a single connection to the database.
    const { status } = await ada.get(`${path}?limit=1`)
    expect(status).toBe(200)
    const response = await readers[0]!.readToEnd()
    expect(isComplete(response)).toBe(true)
    expect(withoutChunks(response).match(/"role":/g)).toHaveLength(rows)
    for (const reader of readers) reader.close()
    expect((await ada.get(`${path}?limit=1`)).status).toBe(200)
  })

  it('receives well-formed JSON if the rest has been deleted', async () => {
    const { id, path } = await largeChat()
    const reader = await stallReading(server.url + path, cookie())
    await db.execute(sql`
      delete from messages where neptun_user_id = ${ada.id} and chat_conversation_id = ${id}
        and id > (select min(id) from messages where chat_conversation_id = ${id})`)
    const response = await reader.readToEnd()
    expect(isComplete(response)).toBe(true)
    const body = withoutChunks(response.slice(response.indexOf('\r\n\r\n') + 2, response.lastIndexOf('\r\n0\r\n')))
    const { chatMessages } = JSON.parse(body) as { chatMessages: unknown[] }
    expect(chatMessages.length).toBeGreaterThan(0)
    expect(chatMessages.length).toBeLessThan(rows)
  })
})

/** The routes of the requests that the log says have failed. */
const failures = () => server.log().filter(({ event }) => event === 'request_failed').map(({ route }) => route)

describe('a file that cannot be read to its end', () => {
  it('ends with its connection', async () => {
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, { message: 'Look', files: [{ title: 'a.bin', text: 'a' }] })
    const [file] = message.files
    await db.execute(sql`update files set size = ${fileSize} where id = ${file.id}`)
    await db.execute(sql`
      update file_contents set content = convert_to(repeat('a', ${fileSize}::int), 'UTF8') where file_id = ${file.id}`)
    const reader = await stallReading(file.url)
    await proxy.disconnect()
    const response = await reader.readToEnd()
    expect(response).toMatch(new RegExp(`^HTTP/1.1 200[^]*Content-Length: ${fileSize}\r\n`, 'i'))
    expect(response.length).toBeLessThan(fileSize)
    await proxy.reconnect()
    while ((await ada.get('/api/auth/check')).status === 503) await setTimeout(50)
    expect(failures()).toContain('/api/files/[file_id]')
    expect(server.output()).not.toContain('ERR_HTTP_HEADERS_SENT')
  })
})

describe('a list that cannot be read to its end', () => {
  it('ends with its connection, so that it is not taken for the whole', async () => {
    const { path } = await largeChat()
    const reader = await stallReading(server.url + path, cookie())
    await proxy.disconnect()
    expect(isComplete(await reader.readToEnd())).toBe(false)
    await proxy.reconnect()
    while ((await ada.get(`${path}?limit=1`)).status === 503) await setTimeout(50)
    expect(failures()).toContain('/api/users/[user_id]/chats/[chat_id]/messages')
  })

  it('ends if the session ends', async () => {
    const eve = await signedInUser({ baseUrl: server.url })
    const chat = await largeChat(eve)
    const reader = await stallReading(server.url + chat.path, cookie(eve))
    await eve.post('/api/auth/logout')
    const response = await reader.readToEnd()
    expect(response).toMatch(/^HTTP\/1.1 200/)
    expect(isComplete(response)).toBe(false)
  })

  it.each<[string, object]>([
    ['is switched off', { is_shared: false }],
    ['gets a password', { password: 'open sesame' }],
  ])('ends if the share %s', async (_, changes) => {
    const chat = await largeChat()
    const share = await createShare(ada, chat)
    const reader = await stallReading(`${server.url}/api/shared/chats/${share.uuid}`)
    await ada.send('PATCH', `/api/users/${ada.id}/chats/${chat.id}/shares/${share.id}`, changes)
    const response = await reader.readToEnd()
    expect(response).toMatch(/^HTTP\/1.1 200/)
    expect(isComplete(response)).toBe(false)
  })

  it('ends if the share expires', async () => {
    const chat = await largeChat()
    const share = await createShare(ada, chat, { expires_at: new Date(Date.now() + 2000).toISOString() })
    const reader = await stallReading(`${server.url}/api/shared/chats/${share.uuid}`)
    await setTimeout(2100)
    const response = await reader.readToEnd()
    expect(response).toMatch(/^HTTP\/1.1 200/)
    expect(isComplete(response)).toBe(false)
  })
})

describe('a shared chat that is read slowly', () => {
  it('is complete if the share does not change, without messages that are added meanwhile', async () => {
    const chat = await largeChat()
    const share = await createShare(ada, chat)
    const reader = await stallReading(`${server.url}/api/shared/chats/${share.uuid}`)
    await ada.post(`${chat.path}`, { message: 'Added meanwhile', actor: 'user' })
    const response = await reader.readToEnd()
    expect(isComplete(response)).toBe(true)
    expect(withoutChunks(response).match(/"role":/g)).toHaveLength(rows)
    expect(response).not.toContain('Added meanwhile')
  })
})
