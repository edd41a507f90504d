import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { request } from '../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { wireTo, type Wire } from '../support/wire.ts'
import { chatOf, messagesIn, projectOf, shareOf, signedInUser } from '../support/world.ts'

let wire: Wire
let server: RunningServer

beforeAll(async () => {
  wire = await wireTo(inject('databaseUrl'))
  server = await startServer({ ...testEnvironment, DATABASE_URL: wire.url, NUXT_DATABASE_POOL_SIZE: '1' })
})

afterAll(async () => {
  await server.stop()
  await wire.close()
})

/** How many statements a request takes, as they go over the wire. */
async function statementsOf(send: () => Promise<{ status: number, text: string }>): Promise<number> {
  wire.takeStatements()
  const { status, text } = await send()
  expect(status, text).toBeLessThan(300)
  return wire.takeStatements()
}

const files = (count: number) => Array.from({ length: count }, (_, i) => ({ title: `file-${i}.txt`, text: 'x'.repeat(i) }))
const many = (count: number) => Array.from({ length: count }, (_, i) => ({ message: `Message ${i}`, actor: 'user', files: i ? [] : files(50) }))

it('a request takes a fixed number of statements, however many chats, messages or files there are', async () => {
  const ada = await signedInUser({ baseUrl: server.url })
  const project = await projectOf(ada)
  const chat = await chatOf(ada, {}, project)
  const share = await shareOf(ada, chat, { emails: [ada.email] })
  await messagesIn(ada, chat, { message: 'One', files: files(1) })
  const inProject = `/api/users/${ada.id}/projects/${project.id}/chats`
  const inChat = `/api/users/${ada.id}/chats/${chat.id}`
  const newChat = { name: 'Another', model: 'google/gemma-2-27b-it' }

  const measure = async () => ({
    'GET …/projects/[project_id]/chats': await statementsOf(() => ada.get(inProject)),
    'POST …/projects/[project_id]/chats': await statementsOf(() => ada.post(inProject, newChat)),
    'GET …/chats/[chat_id]/messages': await statementsOf(() => ada.get(`${inChat}/messages`)),
    'GET …/chats/[chat_id]/files': await statementsOf(() => ada.get(`${inChat}/files`)),
    'GET /api/shared/chats/[uuid]': await statementsOf(() => ada.get(`/api/shared/chats/${share.uuid}`)),
    'POST …/chats/[chat_id]/messages': await statementsOf(() => ada.post(`${inChat}/messages`, { messages: many(2) })),
  })

  const few = await measure()
  await messagesIn(ada, chat, ...many(300))
  for (let i = 0; i < 20; i++) await chatOf(ada, {}, project)
  expect(await measure()).toEqual(few)
  console.log('Statements per request:', few)
  // Session, project, chats; session, chat; session, chat, messages, files; session, chat, files; session, share, messages, files.
  expect(few).toEqual({
    'GET …/projects/[project_id]/chats': 3,
    'POST …/projects/[project_id]/chats': 2,
    'GET …/chats/[chat_id]/messages': 4,
    'GET …/chats/[chat_id]/files': 3,
    'GET /api/shared/chats/[uuid]': 4,
    // Session; begin, chat, messages, files, contents, commit.
    'POST …/chats/[chat_id]/messages': 7,
  })
})

it('a request without a cookie asks nobody who it is', async () => {
  expect(await statementsOf(() => request('GET', '/models', undefined, { baseUrl: server.url }))).toBe(0)
})
