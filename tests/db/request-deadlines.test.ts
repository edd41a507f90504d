import { sql, type SQL } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { realServer } from '../support/databases.ts'
import { appendMessages, createChat, signedInUser, type TestUser } from '../support/factories.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

const timeout = 1000

// The embedded database has a single session, in which nothing waits for a lock.
describe.skipIf(!realServer)('a request at the deadline of its transaction', () => {
  let server: RunningServer

  beforeAll(async () => {
    server = await startServer({
      ...testEnvironment,
      DATABASE_URL: testServer().databaseUrl,
      // One for reads, and one for all writes, so that it has prepared their statements.
      NUXT_DATABASE_POOL_SIZE: '2',
      NUXT_DATABASE_TIMEOUT: String(timeout / 1000),
    })
  })

  afterAll(() => server.stop())

  /** Runs a statement that takes a lock, and keeps the lock for some time. */
  async function lock(statement: SQL, milliseconds: number): Promise<{ released: Promise<unknown> }> {
    const db = connectForMaintenance(testServer().databaseUrl)
    const locked = Promise.withResolvers<void>()
    const released = db.transaction(async (tx) => {
      await tx.execute(statement)
      locked.resolve()
      await new Promise(resolve => setTimeout(resolve, milliseconds))
    }).finally(() => db.$client.end())
    await locked.promise
    return { released }
  }

  const lockRow = (table: 'chats' | 'messages', owner: TestUser, { id }: { id: number }, milliseconds: number) =>
    lock(sql`
      select from ${sql.identifier(table)} where neptun_user_id = ${owner.id} and id = ${id} for update`, milliseconds)

  const lockChat = (owner: TestUser, chat: { id: number }) => lockRow('chats', owner, chat, timeout * 0.6)

  async function chatWithMessage() {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, 'Before')
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
    const contents = async () => (await ada.get(path)).body.chatMessages.map(({ content }) => content)
    return { ada, chat, message, path, contents }
  }

  it('is a 503, and nothing is stored, if COMMIT has not been sent', async () => {
    const { ada, chat, message, path, contents } = await chatWithMessage()
    const ofMessage = await lockRow('messages', ada, message, timeout * 3)
    await lockChat(ada, chat)
    const { status } = await ada.send('PATCH', `${path}/${message.id}`, { content: 'After' })
    expect(status).toBe(503)
    await ofMessage.released
    expect(await contents()).toEqual(['Before'])
  })

  it('is a 201 if COMMIT has been sent and succeeds', async () => {
    const { ada, chat, path, contents } = await chatWithMessage()
    const ofTable = await lock(sql`lock table messages in exclusive mode`, timeout * 1.3)
    await lockChat(ada, chat)
    const { status } = await ada.post(path, { message: 'After', actor: 'user' })
    expect(status).toBe(201)
    await ofTable.released
    expect(await contents()).toEqual(['Before', 'After'])
  })

  it('is a 503, and nothing is stored, if COMMIT has been sent and fails', async () => {
    const { ada, chat, path, contents } = await chatWithMessage()
    const ofTable = await lock(sql`lock table messages in exclusive mode`, timeout * 3)
    await lockChat(ada, chat)
    const { status } = await ada.post(path, { message: 'After', actor: 'user' })
    expect(status).toBe(503)
    await ofTable.released
    expect(await contents()).toEqual(['Before'])
  })

  it('is what is stored, for a single statement that has waited for a connection', async () => {
    const { ada, chat } = await chatWithMessage()
    const other = await createChat(ada)
    const rename = ({ id }: { id: number }) => ada.send('PATCH', `/api/users/${ada.id}/chats/${id}`, { name: 'After' })
    const ofOther = await lockRow('chats', ada, other, timeout * 1.3)
    await lockChat(ada, chat)
    const [first, second] = await Promise.all([rename(chat), rename(other)])
    expect([first.status, second.status]).toEqual([200, 200])
    await ofOther.released
    expect((await ada.get(`/api/users/${ada.id}/chats/${other.id}`)).body.chat.name).toBe('After')
  })
})
