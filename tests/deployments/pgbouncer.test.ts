import { sql, type SQL } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { appendMessages, createChat, signedInUser } from '../support/factories.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'
import { useDatabase } from '../support/use-database.ts'

/** Connections to the database that PgBouncer opens at most. */
const defaultPoolSize = 5

const db = useDatabase()

const countConnections = async () => {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int from pg_stat_activity
    where datname = current_database() and application_name = 'neptun-api'`)
  return row!.count
}

/** Runs a statement that takes a lock, and keeps the lock for some time. */
async function lock(statement: SQL, milliseconds: number): Promise<{ released: Promise<unknown> }> {
  const other = connectForMaintenance(testServer().databaseUrl)
  const locked = Promise.withResolvers<void>()
  const released = other.transaction(async (tx) => {
    await tx.execute(statement)
    locked.resolve()
    await new Promise(resolve => setTimeout(resolve, milliseconds))
  }).finally(() => other.$client.end())
  await locked.promise
  return { released }
}

describe('the connections of a server', () => {
  const poolSize = 50
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer({
      ...testEnvironment, DATABASE_URL: testServer().databaseUrl, NUXT_DATABASE_POOL_SIZE: String(poolSize),
    })
  })
  afterAll(() => server.stop())

  it('share those of PgBouncer', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const before = await countConnections()
    const counts: number[] = []
    const requests = Promise.all(Array.from({ length: 200 }, async () => {
      const { status } = await ada.post(`/api/users/${ada.id}/chats`, { name: 'A', model: 'openai/gpt-4o' })
      return status
    }))
    let isOver = false
    void requests.then(() => isOver = true)
    while (!isOver) counts.push(await countConnections())
    expect(new Set(await requests)).toEqual(new Set([201]))
    const most = Math.max(...counts) - before
    console.log(`A server with ${poolSize} connections had ${most + 1} to the database.`)
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(defaultPoolSize)
  })
})

describe('the timeouts', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer({
      ...testEnvironment,
      DATABASE_URL: testServer().databaseUrl,
      NUXT_DATABASE_TIMEOUT: '3',
      NUXT_DATABASE_LOCK_TIMEOUT: '1',
    })
  })
  afterAll(() => server.stop())

  async function lockedChat(milliseconds: number) {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada, { name: 'Before' })
    await appendMessages(ada, chat, 'Before')
    const path = `/api/users/${ada.id}/chats/${chat.id}` as const
    const { released } = await lock(
      sql`select from chats where neptun_user_id = ${ada.id} and id = ${chat.id} for update`, milliseconds)
    const start = performance.now()
    return { ada, path, released, elapsed: () => performance.now() - start }
  }

  it('end the wait for a lock in a transaction, which has stored nothing', async () => {
    const { ada, path, released, elapsed } = await lockedChat(5000)
    const { status } = await ada.post(`${path}/messages`, { message: 'After', actor: 'user' })
    expect(status).toBe(503)
    expect(elapsed()).toBeGreaterThan(900)
    expect(elapsed()).toBeLessThan(2500)
    await released
    const { body } = await ada.get(`${path}/messages`)
    expect(body.chatMessages.map(({ content }) => content)).toEqual(['Before'])
  })

  it('cancel a single statement, which has stored nothing', async () => {
    const { ada, path, released, elapsed } = await lockedChat(5000)
    const { status } = await ada.send('PATCH', path, { name: 'After' })
    expect(status).toBe(503)
    expect(elapsed()).toBeLessThan(4500)
    await released
    expect((await ada.get(path)).body.chat.name).toBe('Before')
  })
})
