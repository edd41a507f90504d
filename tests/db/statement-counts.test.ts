import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts'
import { appendMessages, createChat, createProject, createShare, signedInUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'

let proxy: DatabaseProxy
let server: RunningServer

beforeAll(async () => {
  proxy = await startDatabaseProxy(inject('databaseUrl'))
  server = await startServer({ ...testEnvironment, DATABASE_URL: proxy.url, NUXT_DATABASE_POOL_SIZE: '1' })
})

afterAll(async () => {
  await server.stop()
  await proxy.close()
})

/** Counts the statements that a successful request sends to the database. */
async function countStatements(send: () => Promise<{ status: number, text: string }>): Promise<number> {
  proxy.takeStatementCount()
  const { status, text } = await send()
  expect(status, text).toBeLessThan(300)
  return proxy.takeStatementCount()
}

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

    const withFewRows = await measure()
    await appendMessages(ada, chat, ...messages(300))
    for (let i = 0; i < 20; i++) await createChat(ada, {}, project)
    expect(await measure()).toEqual(withFewRows)
    console.log('Statements per request:', withFewRows)
    expect(withFewRows).toEqual({
      // Session, project, chats.
      'GET …/projects/[project_id]/chats': 3,
      // Session, chat.
      'POST …/projects/[project_id]/chats': 2,
      // Session, chat, messages, files.
      'GET …/chats/[chat_id]/messages': 4,
      // Session, chat, files.
      'GET …/chats/[chat_id]/files': 3,
      // Session, owner, share, messages, files.
      'GET /api/shared/chats/[uuid]': 5,
      // Session; begin, chat, messages, files, contents, commit.
      'POST …/chats/[chat_id]/messages': 7,
    })
  })

  it('are zero for a public endpoint without a cookie', async () => {
    expect(await countStatements(() => request('GET', '/models', undefined, { baseUrl: server.url }))).toBe(0)
  })
})
