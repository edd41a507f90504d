import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import {
  appendMessages, createChat, createProject, logInAgain, signedInUser, type TestUser,
} from '../../support/factories.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const file = (text: string) => ({ title: 'a.txt', text })

async function usageOf(ada: TestUser) {
  return (await ada.get(`/api/users/${ada.id}`)).body.usage
}

/** What is stored, by counting it. */
async function countStored(ada: TestUser) {
  const [stored] = await db.execute<Record<'chats' | 'bytes' | 'miscounted', string>>(sql`
    select (select count(*) from chats where neptun_user_id = ${ada.id}) as chats,
      coalesce((select sum(octet_length(content)) from messages where neptun_user_id = ${ada.id}), 0)
        + coalesce((select sum(octet_length(content)) from file_contents where neptun_user_id = ${ada.id}), 0) as bytes,
      (select count(*) from chats c where neptun_user_id = ${ada.id} and message_count <> (
        select count(*) from messages m
        where m.neptun_user_id = c.neptun_user_id and m.chat_conversation_id = c.id)) as miscounted`)
  expect(stored!.miscounted).toBe('0')
  return { chats: Number(stored!.chats), bytes: Number(stored!.bytes) }
}

describe('the usage of an account', () => {
  it('is what is stored, after every kind of change', async () => {
    const ada = await signedInUser()
    expect(await usageOf(ada)).toEqual({ chats: 0, bytes: 0 })
    const project = await createProject(ada)
    const inProject = await createChat(ada, {}, project)
    const chat = await createChat(ada)
    const other = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}` as const
    const messages = await appendMessages(
      ada, chat, 'One', { message: 'Zwölf Boxkämpfer', files: [file('€'), file('')] },
      { message: 'Three', actor: 'assistant' }, 'Four', 'Five')
    const [first, second] = messages
    const changes: (() => Promise<{ status: number }>)[] = [
      () => ada.post(`${path}/files/${first.id}`, { files: [file('1234'), file('ä')] }),
      () => ada.send('PATCH', `${path}/messages/${first.id}`, { message: 'Longer than before' }),
      () => ada.send('PATCH', `${path}/messages/${first.id}`, { message: 'S' }),
      () => ada.send('DELETE', `${path}/messages/${second.id}/files/${second.files[0].id}`),
      () => ada.send('DELETE', `${path}/messages/last`),
      () => ada.send('DELETE', `${path}/messages/last`),
      () => ada.send('DELETE', `${path}/messages/${first.id}`),
      () => ada.post(`${path}/messages`, { messages: [{ message: 'Six', actor: 'user', files: [file('x')] }] }),
      () => ada.send('DELETE', path),
      () => ada.post(`/api/users/${ada.id}/chats/${inProject.id}/messages`, { message: 'Seven', actor: 'user' }),
      () => ada.send('DELETE', `/api/users/${ada.id}/projects/${project.id}`),
      () => ada.send('DELETE', `/api/users/${ada.id}/chats`, { chat_ids: [other.id] }),
    ]
    for (const change of changes) {
      expect((await change()).status).toBeLessThan(300)
      expect(await usageOf(ada)).toEqual(await countStored(ada))
    }
    expect(await usageOf(ada)).toEqual({ chats: 0, bytes: 0 })
  })

  it('counts what is added at the same time', async () => {
    const ada = await signedInUser()
    await Promise.all(Array.from({ length: 30 }, async (_, i) => {
      const chat = await createChat(ada)
      await appendMessages(ada, chat, { message: 'x'.repeat(i + 1), files: [file('y'.repeat(i))] })
    }))
    expect(await usageOf(ada)).toEqual({ chats: 30, bytes: 30 * 31 / 2 + 29 * 30 / 2 })
    expect(await countStored(ada)).toEqual(await usageOf(ada))
  })

  it('does not change when a change is refused', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const before = await usageOf(ada)
    expect((await ada.post(`/api/users/${ada.id}/chats/${chat.id}/messages`, { message: '' })).status).toBe(400)
    expect((await ada.send('DELETE', `/api/users/${ada.id}/chats/${chat.id}/messages/1`)).status).toBe(404)
    expect((await ada.post(`/api/users/${ada.id}/chats/${chat.id}/files/1`, file('a'))).status).toBe(404)
    const newChat = { name: 'A', model: 'openai/gpt-4o' }
    expect((await ada.post(`/api/users/${ada.id}/projects/1/chats`, newChat)).status).toBe(404)
    expect(await usageOf(ada)).toEqual(before)
    expect(await countStored(ada)).toEqual(before)
  })
})

describe('a quota', () => {
  let server: RunningServer
  beforeAll(async () => {
    const quotas = { NUXT_QUOTA_BYTES: '1000', NUXT_QUOTA_CHATS: '2', NUXT_QUOTA_MESSAGES_PER_CHAT: '3' }
    server = await startServer({ ...testEnvironment, ...quotas, DATABASE_URL: testServer().databaseUrl })
  })
  afterAll(() => server.stop())

  const exceeded = (message: string) => [409, errorBody(409, message)]
  const noStorage = exceeded('The account has no storage left.')

  async function limitedUser() {
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(ada)
    return { ada, chat, path: `/api/users/${ada.id}/chats/${chat.id}` as const }
  }

  it('is shown with the usage', async () => {
    const { ada } = await limitedUser()
    const { body } = await ada.get(`/api/users/${ada.id}`)
    expect(body.limits).toEqual({ chats: 2, bytes: 1000, messages_per_chat: 3 })
  })

  it('limits the chats', async () => {
    const { ada } = await limitedUser()
    const project = await createProject(ada)
    await createChat(ada)
    const chat = { name: 'A', model: 'openai/gpt-4o' }
    for (const path of [`/api/users/${ada.id}/chats`, `/api/users/${ada.id}/projects/${project.id}/chats`] as const) {
      const { status, body } = await ada.post(path, chat)
      expect([status, body]).toEqual(exceeded('The account has the maximum number of chats.'))
    }
    expect(await countStored(ada)).toMatchObject({ chats: 2 })
  })

  it('limits the messages of a chat', async () => {
    const { ada, chat, path } = await limitedUser()
    await appendMessages(ada, chat, 'One', 'Two')
    const messages = ['Three', 'Four'].map(message => ({ message, actor: 'user' }))
    const { status, body } = await ada.post(`${path}/messages`, { messages })
    expect([status, body]).toEqual(exceeded('The chat has the maximum number of messages.'))
    expect((await ada.post(`${path}/messages`, messages[0])).status).toBe(201)
    expect((await ada.post(`${path}/messages`, messages[1])).status).toBe(409)
    await ada.send('DELETE', `${path}/messages/last`)
    expect((await ada.post(`${path}/messages`, messages[1])).status).toBe(201)
  })

  it('limits the bytes', async () => {
    const { ada, chat, path } = await limitedUser()
    const [message] = await appendMessages(ada, chat, { message: 'x'.repeat(500), files: [file('y'.repeat(400))] })
    const refused = [
      await ada.post(`${path}/messages`, { message: 'x'.repeat(101), actor: 'user' }),
      await ada.post(`${path}/messages`, { message: 'x', actor: 'user', files: [file('é'.repeat(50))] }),
      await ada.post(`${path}/files/${message.id}`, file('x'.repeat(101))),
      await ada.send('PATCH', `${path}/messages/${message.id}`, { message: 'x'.repeat(601) }),
    ]
    for (const { status, body } of refused) expect([status, body]).toEqual(noStorage)
    expect(await countStored(ada)).toMatchObject({ bytes: 900 })
    expect((await ada.send('PATCH', `${path}/messages/${message.id}`, { message: 'x'.repeat(600) })).status).toBe(200)
    expect((await ada.send('PATCH', `${path}/messages/${message.id}`, { message: 'x' })).status).toBe(200)
    expect((await ada.post(`${path}/files/${message.id}`, file('x'.repeat(599)))).status).toBe(201)
  })

  it('does not reveal the chats of others', async () => {
    const { path } = await limitedUser()
    const eve = await signedInUser({ baseUrl: server.url })
    const foreign = path.replace(/users\/\d+/, `users/${eve.id}`)
    const { status } = await eve.send('POST', `${foreign}/messages`, { message: 'x'.repeat(2000), actor: 'user' })
    expect(status).toBe(404)
  })

  it('does not keep anyone from reading and deleting', async () => {
    const { ada, chat } = await limitedUser()
    await appendMessages(ada, chat, 'x'.repeat(1000))
    const other = await logInAgain(ada)
    expect((await other.send('DELETE', `/api/users/${ada.id}/chats/${chat.id}/messages/last`)).status).toBe(200)
    expect(await usageOf(other)).toEqual({ chats: 1, bytes: 0 })
  })
})

describe('the projects of an account', () => {
  it('are at most 10,000', async () => {
    const ada = await signedInUser()
    const path = `/api/users/${ada.id}/projects` as const
    const project = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript' }
    await db.execute(sql`
      insert into projects (neptun_user_id, name, project_type, programming_language)
      select ${ada.id}, 'Neptun', 'backend', 'typescript' from generate_series(1, 9999)`)
    const last = await ada.post(path, project)
    expect(last.status).toBe(201)
    const { status, body } = await ada.post(path, project)
    expect([status, body]).toStrictEqual([409, errorBody(409, 'The account has the maximum number of projects.')])
    expect((await ada.send('DELETE', `${path}/${last.body.project.id}`)).status).toBe(200)
    expect((await ada.post(path, project)).status).toBe(201)
  })
})
