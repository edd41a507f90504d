import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectForMaintenance, type Database } from '#db/client'
import { migrate } from '#db/migrate'
import { createDatabase, realServer, type TestDatabase } from '../support/databases.ts'
import { appendMessages, createChat, createShare, openShare, signedInUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { migrations } from '../support/migrations.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'

let database: TestDatabase
let db: Database
let server: RunningServer

const start = () => startServer({ ...testEnvironment, DATABASE_URL: database.url })

beforeAll(async () => {
  if (!realServer) return
  database = await createDatabase()
  await migrate(database.url, migrations)
  db = connectForMaintenance(database.url)
  // Statistics that are gathered while the tables are being filled would be misleading.
  for (const table of ['chats', 'messages', 'files', 'file_contents'])
    await db.execute(sql`alter table ${sql.identifier(table)} set (autovacuum_enabled = off)`)
  server = await start()
})

afterAll(async () => {
  if (!realServer) return
  await server.stop()
  await db.$client.end()
  await database.drop()
})

/** A user with a shared chat of 40,000 messages and as many files. */
async function newOwner() {
  const ada = await signedInUser({ baseUrl: server.url })
  const chat = await createChat(ada)
  const [first] = await appendMessages(ada, chat, { message: 'Look', files: [{ title: 'a.txt', text: 'Here' }] })
  const share = await createShare(ada, chat)
  await db.execute(sql`
    insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select ${ada.id}, ${chat.id}, 'user', 'Message ' || i from generate_series(1, 40000) i`)
  await db.execute(sql`
    insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text)
    select neptun_user_id, chat_conversation_id, id, 'b', 'b.txt', '', 'txt', 0, 'text/plain', true
    from messages where neptun_user_id = ${ada.id}`)
  return { ada, chat, share, link: first.files[0].url }
}

async function countMessages({ id }: { id: number }): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from messages where neptun_user_id = ${id}`)
  return row!.count
}

const isDone = async () =>
  expect(await db.execute(sql`select neptun_user_id from deletions`)).toHaveLength(0)

/** The path of a link, on the server that is running. */
const pathOf = (link: string) => new URL(link).pathname + new URL(link).search

// The embedded database ends with its server.
describe.skipIf(!realServer)('a deletion whose server is killed', () => {
  it('of a chat is completed by the next server', async () => {
    const { ada, chat, share, link } = await newOwner()
    const path = `/api/users/${ada.id}/chats/${chat.id}` as const
    expect((await ada.send('DELETE', path)).status).toBe(200)
    await server.stop('SIGKILL')
    expect(await countMessages(ada)).toBeGreaterThan(0)

    server = await start()
    const options = { baseUrl: server.url }
    expect((await ada.get(`${path}/messages`, options)).status).toBe(404)
    expect((await ada.get(`/api/users/${ada.id}/files`, options)).body).toMatchObject({ files: [] })
    expect((await openShare(share.uuid, options)).status).toBe(404)
    expect((await request('GET', pathOf(link), undefined, options)).status).toBe(404)
    await vi.waitFor(isDone, { timeout: 30_000, interval: 100 })
    expect(await countMessages(ada)).toBe(0)
  })

  it('of an account is completed by the next server', async () => {
    const { ada, share, link } = await newOwner()
    const { email, password } = ada
    expect((await ada.send('DELETE', `/api/users/${ada.id}`)).status).toBe(200)
    await server.stop('SIGKILL')
    expect(await countMessages(ada)).toBeGreaterThan(0)

    server = await start()
    const options = { baseUrl: server.url }
    expect((await ada.get(`/api/users/${ada.id}/chats`, options)).status).toBe(401)
    expect((await request('POST', '/api/auth/login', { email, password }, options)).status).toBe(401)
    expect((await openShare(share.uuid, options)).status).toBe(404)
    expect((await request('GET', pathOf(link), undefined, options)).status).toBe(404)
    await vi.waitFor(isDone, { timeout: 30_000, interval: 100 })
    expect(await countMessages(ada)).toBe(0)
    expect(await db.execute(sql`select id from users where id = ${ada.id}`)).toHaveLength(0)
  })
})
