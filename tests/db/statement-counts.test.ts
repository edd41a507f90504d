import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts'
import { realServer } from '../support/databases.ts'
import { appendMessages, createChat, createProject, createShare, signedInUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

// One for transactions, and one for reads, which an embedded database does not have.
const poolSize = realServer ? '2' : '1'

let proxy: DatabaseProxy
let server: RunningServer

beforeAll(async () => {
  proxy = await startDatabaseProxy(testServer().databaseUrl)
  server = await startServer({ ...testEnvironment, DATABASE_URL: proxy.url, NUXT_DATABASE_POOL_SIZE: poolSize })
})

afterAll(async () => {
  await server.stop()
  await proxy.close()
})

/** Counts the statements and round trips of a successful request. */
async function count(send: () => Promise<{ status: number, text: string }>) {
  proxy.takeCounts()
  const { status, text } = await send()
  expect(status, text).toBeLessThan(300)
  return proxy.takeCounts()
}

const countStatements = async (send: Parameters<typeof count>[0]) => (await count(send)).statements

const files = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ title: `file-${i}.txt`, text: 'x'.repeat(i) }))

/** Messages of which the first has 50 files. */
const messages = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ message: `Message ${i}`, actor: 'user', files: i ? [] : files(50) }))

describe('statements per request', () => {
  it('do not grow with the number of chats, messages or files', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const project = await createProject(ada)
    const chat = await createChat(ada, {}, project)
    const share = await createShare(ada, chat, { emails: [ada.email] })
    await appendMessages(ada, chat, { message: 'One', files: files(1) })
    const inProject = `/api/users/${ada.id}/projects/${project.id}/chats`
    const inChat = `/api/users/${ada.id}/chats/${chat.id}`
    const newChat = { name: 'Another', model: 'google/gemma-2-27b-it' }
    const newMessages = { messages: messages(2) }

    const measure = async () => ({
      'GET …/projects/[project_id]/chats': await countStatements(() => ada.get(inProject)),
      'POST …/projects/[project_id]/chats': await countStatements(() => ada.post(inProject, newChat)),
      'GET …/chats/[chat_id]/messages': await countStatements(() => ada.get(`${inChat}/messages`)),
      'GET …/chats/[chat_id]/files': await countStatements(() => ada.get(`${inChat}/files`)),
      'GET /api/shared/chats/[uuid]': await countStatements(() => ada.get(`/api/shared/chats/${share.uuid}`)),
      'POST …/chats/[chat_id]/messages': await countStatements(() => ada.post(`${inChat}/messages`, newMessages)),
    })

    // Its owner is known from then on.
    await ada.get(`/api/shared/chats/${share.uuid}`)
    const withFewRows = await measure()
    await appendMessages(ada, chat, ...messages(300))
    for (let i = 0; i < 20; i++) await createChat(ada, {}, project)
    expect(await measure()).toEqual(withFewRows)
    console.log('Statements per request:', withFewRows)
    expect(withFewRows).toEqual({
      // Session and chats in one.
      'GET …/projects/[project_id]/chats': 1,
      // Session; begin, chat, usage; usage, commit.
      'POST …/projects/[project_id]/chats': 6,
      // Session, messages and their files in one.
      'GET …/chats/[chat_id]/messages': 1,
      // Session and files in one.
      'GET …/chats/[chat_id]/files': 1,
      // Session, share, messages with their files.
      'GET /api/shared/chats/[uuid]': 3,
      // Session; begin, chat, ids of messages and files, usage; messages, files, contents, usage, commit.
      'POST …/chats/[chat_id]/messages': 11,
    })
  })

  it('include none after the commit of a share or of whitelist entries', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares` as const
    // Session; begin, account, chat, share, directory, commit.
    expect(await countStatements(() => ada.post(path, {}))).toBe(7)
    const { id } = (await ada.get(path)).body!.share
    const add = () => ada.post(`${path}/${id}/whitelist-entries`, { emails: [ada.email] })
    // Session; begin, share, users, entries, whitelist, commit.
    expect(await countStatements(add)).toBe(7)
  })

  it('are six more for a creation with a key, and six in all for the same one again', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const newChat = { name: 'Another', model: 'google/gemma-2-27b-it' }
    const headers = { 'idempotency-key': 'key' }
    const create = () => ada.post(`/api/users/${ada.id}/chats`, newChat, { headers })
    // Session; begin, lock, record; savepoint, chat, usage; usage, release; old records, record, commit.
    expect(await countStatements(create)).toBe(12)
    // Session; begin, lock, record; chat; commit.
    expect(await countStatements(create)).toBe(6)
  })

  it('are zero for a public endpoint without a cookie', async () => {
    expect(await countStatements(() => request('GET', '/models', undefined, { baseUrl: server.url }))).toBe(0)
  })

  it('are zero for an anonymous caller where a session is required', async () => {
    proxy.takeCounts()
    const { status } = await request('GET', '/api/users/1/chats', undefined, { baseUrl: server.url })
    expect(status).toBe(401)
    expect(proxy.takeCounts().statements).toBe(0)
  })
})

// An embedded database has a single connection, without pipelining.
describe.skipIf(!realServer)('round trips to the database', () => {
  it('are one for most reads, and three for messages that are appended', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const project = await createProject(ada)
    const chat = await createChat(ada, {}, project)
    const share = await createShare(ada, chat, { emails: [ada.email] })
    const publicShare = await createShare(ada, await createChat(ada))
    const [message] = await appendMessages(ada, chat, { message: 'One', files: files(1) })
    const inChat = `/api/users/${ada.id}/chats/${chat.id}`
    const inMessage = `${inChat}/messages/${message.id}`
    const [file] = message.files
    const reads = [
      `/api/users/${ada.id}/projects`,
      `/api/users/${ada.id}/projects/${project.id}`,
      `/api/users/${ada.id}/projects/${project.id}/chats`,
      `/api/users/${ada.id}/chats`,
      `/api/users/${ada.id}/files`,
      inChat,
      `${inChat}/messages`,
      inMessage,
      `${inMessage}/files/${file!.id}`,
      `${inChat}/files`,
      `${inChat}/shares`,
      `${inChat}/shares/${share.id}`,
      new URL(file!.url).pathname + new URL(file!.url).search,
    ]
    // The session first.
    const readsInTwo = [
      `/api/users/${ada.id}`, `/api/users/${ada.id}/sessions`, `${inChat}/shares/${share.id}/whitelist-entries`,
    ]
    const measure = async () => {
      const roundTrips: Record<string, number> = {}
      for (const path of [...reads, ...readsInTwo])
        roundTrips[path] = (await count(() => ada.get<'listChats'>(path))).roundTrips
      return roundTrips
    }
    // The first time, each statement is prepared, which takes a round trip of its own.
    await measure()
    expect(await measure()).toEqual(Object.fromEntries([
      ...reads.map(path => [path, 1]),
      ...readsInTwo.map(path => [path, 2]),
    ]))
    const openShare = () => ada.get(`/api/shared/chats/${share.uuid}`)
    const append = () => ada.post(`${inChat}/messages`, { messages: messages(2) })
    await openShare()
    // Session, share, messages.
    expect((await count(openShare)).roundTrips).toBe(3)
    const anonymous = () => request('GET', `/api/shared/chats/${publicShare.uuid}`, undefined, { baseUrl: server.url })
    // One more for the directory, which leads from the uuid to the owner; later ones do without.
    expect((await count(anonymous)).roundTrips).toBe(3)
    expect((await count(anonymous)).roundTrips).toBe(2)
    // Each connection of the pool prepares the statements when it first gets them.
    const appends: number[] = []
    for (let i = 0; i < 12; i++) appends.push((await count(append)).roundTrips)
    expect(Math.min(...appends)).toBe(3)
  })

  it('are two for the first read of a long list, and one for the next', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
    const [, large] = await appendMessages(ada, chat, 'Short', { message: 'x'.repeat(400_000) })
    const read = async () => (await count(() => ada.get(path))).statements
    expect([await read(), await read(), await read()]).toEqual([2, 1, 1])
    expect((await ada.send('DELETE', `${path}/${large.id}`)).status).toBeLessThan(300)
    expect([await read(), await read()]).toEqual([1, 1])
    await appendMessages(ada, chat, { message: 'x'.repeat(400_000) })
    expect([await read(), await read()]).toEqual([2, 1])
  })

  it('are one for a session that is checked', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    expect((await count(() => ada.get('/api/auth/check'))).roundTrips).toBe(1)
  })
})
