import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxDeletedRows } from '#db/rules'
import { defaultsOnVercel } from '#server/runtime/vercel'
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts'
import { appendMessages, createChat, createProject, signedInUser } from '../support/factories.ts'
import { runServer, startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'
import { useDatabase } from '../support/use-database.ts'

const folder = join(import.meta.dirname, '../../.vercel/output/functions/__fallback.func')
const db = useDatabase()
const idleSeconds = Number(defaultsOnVercel.NUXT_DATABASE_IDLE_TIMEOUT)

describe('the function', () => {
  it('contains no embedded database, and is small', async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    const sizes = await Promise.all(files.map(async file => (await stat(file)).size))
    const mebibytes = sizes.reduce((sum, size) => sum + size, 0) / 1024 / 1024
    console.log(`The function has ${files.length} files and ${mebibytes.toFixed(1)} MiB.`)
    expect(mebibytes).toBeLessThan(5)
    expect(files.filter(file => /\.(wasm|data)$/.test(file))).toEqual([])
    const code = await Promise.all(files.filter(file => file.endsWith('js')).map(file => readFile(file, 'utf8')))
    expect(code.filter(text => text.includes('@electric-sql/pglite'))).toEqual([])
  })

  it('may take longer than its parts do together', async () => {
    const config = JSON.parse(await readFile(join(folder, '.vc-config.json'), 'utf8')) as { maxDuration: number }
    expect(config.maxDuration).toBe(60)
  })

  it('refuses to start without a database, in one line', async () => {
    const { code, output } = await runServer({ ...testEnvironment, DATABASE_URL: '' })
    expect({ code, output })
      .toStrictEqual({ code: 1, output: 'DATABASE_URL must be set on Vercel: the embedded database needs a disk\n' })
  })
})

describe('the connections to the database', () => {
  const instances = 3
  let database: TestDatabase
  let server: RunningServer
  beforeAll(async () => {
    database = await createMigratedDatabase()
    server = await startServer({
      ...testEnvironment, DATABASE_URL: database.url, PLATFORM_INSTANCES: String(instances),
    })
  })
  afterAll(async () => {
    await server.stop()
    await database.drop()
  })

  async function count(): Promise<number> {
    const name = new URL(database.url).pathname.slice(1)
    const [row] = await db.execute<{ count: number }>(sql`
      select count(*)::int from pg_stat_activity where datname = ${name} and application_name = 'neptun-api'`)
    return row!.count
  }

  it('are few during a burst of requests, and none some seconds later', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const requests = Promise.all(Array.from({ length: 200 }, async (_, i) => {
      const path = `/api/users/${ada.id}/chats` as const
      const { status } = await (i % 2 ? ada.get(path) : ada.post(path, { name: 'A', model: 'openai/gpt-4o' }))
      return status
    }))
    const counts: number[] = []
    let isOver = false
    void requests.then(() => isOver = true)
    while (!isOver) counts.push(await count())
    expect(new Set(await requests)).toEqual(new Set([200, 201]))
    const most = Math.max(...counts)
    const after: number[] = []
    for (let seconds = 0; seconds <= idleSeconds + 2; seconds++) {
      after.push(await count())
      await setTimeout(1000)
    }
    console.log(`200 requests at once, ${instances} instances: up to ${most} connections; `
      + `afterwards, every second: ${after.join(', ')}.`)
    expect(most).toBeLessThanOrEqual(instances * Number(defaultsOnVercel.NUXT_DATABASE_POOL_SIZE))
    expect(after[0]).toBeGreaterThan(0)
    expect(after.at(-1)).toBe(0)
  })
})

describe('a large deletion', () => {
  it('is completed after the response, although no further request arrives', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    await appendMessages(ada, chat, 'First')
    await db.execute(sql`
      insert into messages (neptun_user_id, chat_conversation_id, role, content)
      select ${ada.id}, ${chat.id}, 'user', 'Message ' || i from generate_series(1, ${4 * maxDeletedRows}::int) i`)
    expect((await ada.send('DELETE', `/api/users/${ada.id}/chats/${chat.id}`)).status).toBe(200)
    const rest = async () => {
      const [row] = await db.execute<{ count: number }>(
        sql`select count(*)::int from messages where neptun_user_id = ${ada.id}`)
      return row!.count
    }
    expect(await rest()).toBeGreaterThan(0)
    for (let attempts = 0; attempts < 100 && await rest() > 0; attempts++) await setTimeout(100)
    expect(await rest()).toBe(0)
  })
})

describe('a body', () => {
  const send = async (bytes: number) => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    const response = await fetch(`${testServer().baseUrl}/api/users/${ada.id}/projects/${project.id}`, {
      method: 'PATCH',
      headers: { 'cookie': `neptun-session=${ada.session}`, 'content-type': 'application/json' },
      body: '{"name":"A"}'.padEnd(bytes),
    })
    return [response.status, response.headers.get('content-type')]
  }
  const limit = Number(defaultsOnVercel.NUXT_MAX_BODY_BYTES)

  it('has a limit below that of Vercel, so that the error is JSON', async () => {
    expect(await send(limit)).toEqual([200, 'application/json'])
    expect(await send(limit + 1)).toEqual([413, 'application/json'])
    expect(await send(4.5e6)).toEqual([413, 'application/json'])
    expect(await send(4.5e6 + 1)).toEqual([413, 'text/plain; charset=utf-8'])
  })
})
