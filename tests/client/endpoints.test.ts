import { describe, expect, it } from 'vitest'
import { createNeptun, type Neptun } from '#client/index'
import document from '../../openapi.json' with { type: 'json' }
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { uniqueEmail, validPassword } from '../support/factories.ts'

const baseUrl = await startCheckingProxy()
const model = 'google/gemma-2-27b-it'

const endpoints = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({
    id: operationId as string,
    method: method.toUpperCase(),
    pattern: new RegExp(`^${path.replaceAll(/{\w+}/g, '[^/]+')}$`),
    parameters: path.split('{').length,
  })))

/** The operation of a request. Where several paths match, it is the one with fewer parameters. */
const idOf = (method: string, url: string) => endpoints
  .filter(endpoint => endpoint.method === method && endpoint.pattern.test(new URL(url).pathname))
  .sort((a, b) => a.parameters - b.parameters)[0]!.id

describe('the client', () => {
  it('has a method for every operation', async () => {
    const called = new Set<string>()
    const neptun = createNeptun({
      baseUrl,
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        if (response.ok) called.add(idOf(init.method!, url))
        return response
      },
    })
    await callServer(neptun)
    await callAccount(neptun)
    const chatId = await callProjectsAndChats(neptun)
    await callMessages(neptun, chatId)
    await callFiles(neptun, chatId)
    await callShares(neptun, chatId)
    await callDeletions(neptun)
    await callSessions(neptun)
    expect([...called].sort()).toEqual(endpoints.map(({ id }) => id).sort())
  })

  it('rejects calls at compile time that the server would reject', () => {
    const neptun = createNeptun({ baseUrl })
    expect(() => [
      // @ts-expect-error Missing model.
      neptun.chats.create({ name: 'Loose talk' }),
      // @ts-expect-error Missing id.
      neptun.chats.get(),
      // @ts-expect-error Unknown column.
      neptun.chats.list({ order_by: ['size:asc'] }),
      // @ts-expect-error A list of models cannot be sorted.
      neptun.models.list({ order_by: ['id:asc'] }),
      // @ts-expect-error Creating takes no If-Match.
      neptun.chats.create({ name: 'Loose talk', model }, { ifMatch: '"1-1"' }),
      // @ts-expect-error Missing password.
      neptun.signUp({ email: 'ada@example.com' }),
      // @ts-expect-error Unknown path.
      neptun.api.GET('/api/nothing'),
    ]).toBeTypeOf('function')
  })

  it.each(['..', '.', '', '1/messages', '%2e%2e', '1?x=1'])('sends nothing if an id is %j', async (id) => {
    const neptun = createNeptun({ baseUrl, fetch: () => expect.unreachable() })
    await expect(neptun.sharedChats.open(id)).rejects.toThrow(TypeError)
  })
})

async function callServer(neptun: Neptun) {
  expect((await neptun.health.get()).status).toBe('healthy')
  expect((await neptun.readiness.get()).status).toBe('healthy')
  expect((await neptun.models.list()).any).toBe(true)
}

async function callAccount(neptun: Neptun) {
  const signedUp = await neptun.signUp({ email: uniqueEmail(), password: validPassword })
  expect((await neptun.sessions.check()).loggedInAt).toBe(signedUp.loggedInAt)
  expect((await neptun.api.HEAD('/api/auth/check')).response.status).toBe(204)
  const { user, usage } = await neptun.user.get()
  expect({ user, chats: usage.chats }).toEqual({ user: signedUp.user, chats: 0 })
  const changes = { email: uniqueEmail(), current_password: validPassword }
  expect((await neptun.user.update(changes)).primary_email).toBe(changes.email)
}

async function callProjectsAndChats(neptun: Neptun) {
  const created = await neptun.projects.create({ name: 'Gateway', type: 'backend', main_language: 'python' })
  const project = await neptun.projects.update(created.id, { description: 'In front of everything else' })
  expect(project.description).toBe('In front of everything else')
  expect(await neptun.projects.get(project.id)).toEqual(project)
  expect(await neptun.projects.list({ programming_language: 'python' })).toEqual([project])

  const loose = await neptun.chats.create({ name: 'Loose talk', model })
  const { id } = await neptun.chats.createForProject(project.id, { name: 'Project Discussion', model })
  const chat = await neptun.chats.update(id, { name: 'How to say hello' })
  expect(await neptun.chats.get(id)).toEqual(chat)
  expect(await neptun.chats.listForProject(project.id)).toEqual([chat])
  expect(await neptun.chats.list({ project_id: 'none' })).toEqual([loose])
  expect(await neptun.chats.list({ project_id: project.id })).toEqual([chat])
  expect(await neptun.chats.list({ order_by: ['name:desc', 'created_at:asc'] })).toEqual([loose, chat])
  return id
}

async function callMessages(neptun: Neptun, chatId: number) {
  const files = [{ title: 'example.py', text: 'print("Hello")' }]
  const question = await neptun.messages.append(chatId, { actor: 'user', message: 'Hello?' })
  const [reply] = await neptun.messages.append(chatId, [{ role: 'assistant', content: 'Like this:', files }])
  expect((await neptun.messages.list(chatId)).map(({ id }) => id)).toEqual([question.id, reply!.id])
  expect((await neptun.messages.update(chatId, reply!.id, { content: 'So:' })).content).toBe('So:')
  expect((await neptun.messages.get(chatId, reply!.id)).files[0]!.name).toBe('example.py')
}

async function callFiles(neptun: Neptun, chatId: number) {
  const [message] = await neptun.messages.list(chatId)
  const file = await neptun.files.add(chatId, message!.id, { title: 'a.txt', text: 'A' })
  const two = [{ title: 'b.txt', text: 'B' }, { title: 'c.txt', text: 'C' }]
  expect((await neptun.files.add(chatId, message!.id, two)).map(({ text }) => text)).toEqual(['B', 'C'])
  expect(await neptun.files.get(chatId, message!.id, file.id)).toMatchObject({ name: 'a.txt', text: 'A' })
  expect(await (await neptun.files.download(file)).text()).toBe('A')
  expect(await neptun.files.listForChat(chatId)).toHaveLength(4)
  expect(await neptun.files.list()).toHaveLength(4)
  expect(await neptun.files.delete(chatId, message!.id, file.id)).toBe(true)
}

async function callShares(neptun: Neptun, chatId: number) {
  const password = 'open sesame'
  const { id, uuid } = await neptun.shares.create(chatId, { password })
  const share = await neptun.shares.update(chatId, id, { expires_at: '2099-01-01T00:00:00Z' })
  expect(await neptun.shares.get(chatId, id)).toEqual(share)
  expect(await neptun.shares.getForChat(chatId)).toEqual({ share, uuid })
  const shareInfo = await neptun.sharedChats.unlock(uuid, { password })
  expect(await neptun.sharedChats.open(uuid)).toMatchObject({ chat: { model }, shareInfo })
  const { user } = await neptun.user.get()
  const added = await neptun.whitelistEntries.add(chatId, id, [user.primary_email])
  expect(await neptun.whitelistEntries.list(chatId, id)).toEqual(added)
  expect(await neptun.whitelistEntries.delete(chatId, id, added[0]!.id)).toBe(true)
  expect(await neptun.shares.delete(chatId, id)).toBe(true)
  expect(await neptun.shares.getForChat(chatId)).toBeNull()
}

async function callDeletions(neptun: Neptun) {
  const project = await neptun.projects.create({ name: 'Gateway', type: 'backend', main_language: 'python' })
  const names = ['One', 'Two', 'Three', 'Four']
  const chats = await Promise.all(names.map(name => neptun.chats.createForProject(project.id, { name, model })))
  const [one, two, three, four] = chats.map(({ id }) => id) as [number, number, number, number]
  const messages = await neptun.messages.append(four, [{ role: 'user', content: 'A' }, { role: 'user', content: 'B' }])
  expect(await neptun.messages.delete(four, messages[0]!.id)).toBe(true)
  expect(await neptun.messages.deleteLast(four)).toMatchObject({ deletedSuccessfully: [messages[1]!.id] })
  expect(await neptun.chats.deleteForProject(project.id, one)).toBe(true)
  expect(await neptun.chats.deleteManyForProject(project.id, [two])).toBe(true)
  expect(await neptun.chats.deleteMany([three])).toBe(true)
  expect(await neptun.chats.delete(four)).toBe(true)
  expect(await neptun.chats.listForProject(project.id)).toEqual([])
  expect(await neptun.projects.delete(project.id)).toBe(true)
}

async function callSessions(neptun: Neptun) {
  const { user: { primary_email: email } } = await neptun.user.get()
  await createNeptun({ baseUrl }).logIn({ email, password: validPassword })
  const other = (await neptun.sessions.list()).find(({ current }) => !current)
  expect(await neptun.sessions.end(other!.id)).toBe(true)
  expect(await neptun.sessions.endOther()).toBe(0)
  expect(await neptun.logOut()).toBe(true)
  expect((await neptun.logIn({ email, password: validPassword })).user.primary_email).toBe(email)
  expect(await neptun.user.delete()).toBe(true)
}
