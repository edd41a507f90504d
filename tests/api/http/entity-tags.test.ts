import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { messages, users } from '#db/schema/index'
import { contracts } from '#server/contracts/index'
import { ifMatchParameter, takesIfNoneMatch, versionedProperty } from '#server/contracts/kit/versions'
import { parseRoute } from '#server/contracts/kit/contract'
import { expectError, expectInvalid } from '../../support/expect.ts'
import {
  appendMessages, createChat, createProject, createShare, missingId, signedInUser, uniqueEmail, validPassword,
  type TestUser,
} from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'
import { useDatabase } from '../../support/use-database.ts'
import { createOneOfEach, fillPath, validBodyOf, type ResourceIds } from '../../support/valid-requests.ts'

const db = useDatabase()

const changed = 'The resource has been changed.'
const routesOf = (isIncluded: (contract: (typeof contracts)[string]) => unknown) =>
  Object.values(contracts).filter(isIncluded).map(({ route }) => route as string).sort()

const user = '/api/users/{user_id}'
const project = `${user}/projects/{project_id}`
const chat = `${user}/chats/{chat_id}`
const message = `${chat}/messages/{message_id}`
const share = `${chat}/shares/{share_id}`
const entries = `${share}/whitelist-entries`

const tagOf = ({ headers }: { headers: Headers }) => headers.get('etag')
const ifMatch = (tag: string) => ({ headers: { 'if-match': tag } })
const ifNoneMatch = (tag: string) => ({ headers: { 'if-none-match': tag } })

/** Where a resource is read. */
const readPaths: Record<string, string> = {
  user_id: user,
  project_id: project,
  chat_id: chat,
  message_id: message,
  file_id: `${message}/files/{file_id}`,
  share_id: share,
}

/** The state of everything that a user has, without links, which are signed anew. */
async function stateOf(ada: TestUser, ids: ResourceIds): Promise<string> {
  const states = []
  for (const path of Object.values(readPaths)) {
    const { status, headers, text } = await ada.get(fillPath(path, ids))
    states.push([path, status, headers.get('etag'), text.replaceAll(/"url":"[^"]*"/g, '')])
  }
  return JSON.stringify(states)
}

/** Changes a resource, so that it gets another tag. */
async function change(ada: TestUser, ids: ResourceIds, parameter: string): Promise<void> {
  const path = fillPath(readPaths[parameter]!, ids)
  const body = validBodyOf(`PATCH ${readPaths[parameter]!}`, ada, ids)
  expect((await ada.send('PATCH', path, body)).status).toBe(200)
}

describe('the endpoints with entity tags', () => {
  it('read, create or change a single resource', () => {
    expect(routesOf(versionedProperty)).toEqual([
      `GET ${user}`, `PATCH ${user}`,
      `POST ${user}/projects`, `GET ${project}`, `PATCH ${project}`,
      `POST ${user}/chats`, `POST ${project}/chats`, `GET ${chat}`, `PATCH ${chat}`,
      `POST ${chat}/messages`, `GET ${message}`, `PATCH ${message}`,
      `POST ${chat}/files/{message_id}`, `GET ${message}/files/{file_id}`,
      `POST ${chat}/shares`, `GET ${chat}/shares`, `GET ${share}`, `PATCH ${share}`,
    ].sort())
  })

  it('take If-None-Match where no link varies', () => {
    expect(routesOf(takesIfNoneMatch)).toEqual(
      [user, project, chat, `${chat}/shares`, share].map(path => `GET ${path}`).sort())
  })

  it('take If-Match if they change a single resource', () => {
    expect(routesOf(ifMatchParameter)).toEqual([
      ...[user, project, chat, message, share].flatMap(path => [`PATCH ${path}`, `DELETE ${path}`]),
      `DELETE ${project}/chats/{chat_id}`, `DELETE ${message}/files/{file_id}`,
    ].sort())
  })
})

describe.each(routesOf(takesIfNoneMatch))('%s', (route) => {
  const { path } = parseRoute(route)

  it('is a 304 without a body if the client has the state', async () => {
    const ada = await signedInUser()
    const target = fillPath(path, await createOneOfEach(ada))
    const tag = tagOf(await ada.get(target))!
    expect(tag).toMatch(/^"[!#-~]+"$/)
    for (const header of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      for (const method of ['GET', 'HEAD']) {
        const headers = { 'cookie': `neptun-session=${ada.session}`, 'if-none-match': header }
        const response = await rawRequest(method, target, { headers })
        expect([response.status, response.text, tagOf(response)]).toEqual([304, '', tag])
      }
    }
    for (const header of ['"x"', tag.slice(1, -1), '"', `${tag}x`])
      expect((await ada.get(target, ifNoneMatch(header))).status).toBe(200)
  })

  it('is a 200 with another tag once the state has changed', async () => {
    const ada = await signedInUser()
    const ids = await createOneOfEach(ada)
    const target = fillPath(path, ids)
    const tag = tagOf(await ada.get(target))!
    await change(ada, ids, path.endsWith('/shares') ? 'share_id' : parseRoute(route).parameters.at(-1)!)
    const response = await ada.get(target, ifNoneMatch(tag))
    expect(response.status).toBe(200)
    expect(tagOf(response)).not.toBe(tag)
    expect((await ada.get(target, ifNoneMatch(tagOf(response)!))).status).toBe(304)
  })

  it('does not tell others that they have the state', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const target = fillPath(path, await createOneOfEach(ada))
    const tag = tagOf(await ada.get(target))!
    for (const header of [tag, '*'])
      expectError(await eve.get(target, ifNoneMatch(header)), 404, 'User not found')
  })
})

describe.each(routesOf(ifMatchParameter))('%s', (route) => {
  const { method, path, parameters } = parseRoute(route)
  const parameter = parameters.at(-1)!
  const send = (ada: TestUser, ids: Partial<ResourceIds>, body: unknown, header: string) =>
    ada.send(method.toUpperCase(), fillPath(path, ids), body, ifMatch(header))

  async function prepare() {
    const ada = await signedInUser()
    const ids = await createOneOfEach(ada)
    const body = method === 'patch' ? validBodyOf(route, ada, ids) : undefined
    const readTag = async () => tagOf(await ada.get(fillPath(readPaths[parameter]!, ids)))!
    return { ada, ids, body, readTag, tag: await readTag() }
  }

  it('is a 412 and changes nothing if the resource has another tag', async () => {
    const { ada, ids, body, tag } = await prepare()
    if (parameter !== 'file_id') await change(ada, ids, parameter)
    const old = parameter === 'file_id' ? `"${ids.file_id}-2"` : tag
    const before = await stateOf(ada, ids)
    for (const header of [old, `W/${old}`, `${old}, "x"`, '""', '"0-0"', '"1-99999999999"', '"1-2147483648"', '"é"'])
      expectError(await send(ada, ids, body, header), 412, changed)
    expect(await stateOf(ada, ids)).toBe(before)
  })

  it('does not compare weak tags', async () => {
    const { ada, ids, body, tag } = await prepare()
    expectError(await send(ada, ids, body, `W/${tag}`), 412, changed)
  })

  it.each(['the tag', 'several tags', '*'])('succeeds with %s', async (kind) => {
    const { ada, ids, body, tag } = await prepare()
    const header = { 'the tag': tag, 'several tags': `"x", W/"y",, ${tag} ,"1-1"` }[kind] ?? ' * '
    const { status, headers } = await send(ada, ids, body, header)
    expect(status).toBe(200)
    if (method === 'patch') expect(headers.get('etag')).not.toBe(tag)
  })

  it('returns the new tag', async () => {
    if (method !== 'patch') return
    const { ada, ids, body, tag, readTag } = await prepare()
    expect(tagOf(await send(ada, ids, body, tag))).toBe(await readTag())
  })

  it('is a 404 for what does not exist, whatever the tag', async () => {
    const [{ ada, ids, body, tag }, eve] = [await prepare(), await signedInUser()]
    const idsOfEve = await createOneOfEach(eve)
    for (const header of [tag, '*', '"x"']) {
      const message = expect.stringMatching(/ not found$/)
      const missing = await send(ada, { ...ids, [parameter]: missingId }, body, header)
      expect([missing.status, missing.error.message]).toEqual([404, message])
      const foreign = await send(ada, { ...ids, [parameter]: idsOfEve[parameter as keyof ResourceIds] }, body, header)
      expect([foreign.status, foreign.text]).toEqual([404, missing.text])
      expectError(await send(eve, ids, body, header), 404, 'User not found')
    }
  })

  it('is a 400 if the header is malformed', async () => {
    const { ada, ids, body } = await prepare()
    for (const header of ['', 'x', '"', '"x', 'x"', '*, "x"', '"x" "y"', 'w/"x"', `${','.repeat(5000)}x`])
      expectInvalid(await send(ada, ids, body, header), 'Invalid header(If-Match)', 'If-Match')
  })
})

describe('two changes with the same If-Match at once', () => {
  const attempts = Array.from({ length: 10 }, (_, i) => i)

  it.each([
    ['a project', 'project_id'], ['a chat', 'chat_id'], ['a message', 'message_id'], ['a share', 'share_id'],
  ])('change %s once', async (_, parameter) => {
    const ada = await signedInUser()
    const ids = await createOneOfEach(ada)
    const path = fillPath(readPaths[parameter]!, ids)
    const bodyOf = (i: number) => ({
      project_id: { name: `${i}` },
      chat_id: { name: `${i}` },
      message_id: { message: `${i}` },
      share_id: { expires_at: `210${i}-01-01T00:00:00.000Z` },
    }[parameter])
    const tag = tagOf(await ada.get(path))!
    const responses = await Promise.all(attempts.map(i => ada.send('PATCH', path, bodyOf(i), ifMatch(tag))))
    expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)])
    const winner = responses.findIndex(({ status }) => status === 200)
    expect((await ada.get(path)).body).toMatchObject({ [Object.keys(responses[winner]!.body as object)[0]!]:
      bodyOf(winner) })
  })

  it('change an account once', async () => {
    const ada = await signedInUser()
    const tag = tagOf(await ada.get(`/api/users/${ada.id}`))!
    const responses = await Promise.all(attempts.slice(0, 4).map(() => ada.send('PATCH', `/api/users/${ada.id}`, {
      email: uniqueEmail(), current_password: validPassword,
    }, ifMatch(tag))))
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
    expect((await db.select().from(users).where(eq(users.id, ada.id)))[0]!.version).toBe(2)
  })

  it('change or delete a chat', async () => {
    const ada = await signedInUser()
    const { id } = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${id}`
    const tag = tagOf(await ada.get(path))!
    const [updated, deleted] = await Promise.all([
      ada.send('PATCH', path, { name: 'Renamed' }, ifMatch(tag)), ada.send('DELETE', path, undefined, ifMatch(tag)),
    ])
    expect([[200, 412], [404, 200]]).toContainEqual([updated.status, deleted.status])
  })
})

describe('the tag of', () => {
  it('a chat changes with its own fields, not with what is in it', async () => {
    const ada = await signedInUser()
    const { id } = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${id}`
    const read = async () => tagOf(await ada.get(path))!
    const tag = await read()
    const [first] = await appendMessages(ada, { id }, { message: 'Look', files: [{ title: 'a.txt', text: 'a' }] })
    await ada.send('PATCH', `${path}/messages/${first.id}`, { message: 'Look!' })
    await createShare(ada, { id })
    await ada.send('DELETE', `${path}/messages/last`)
    expect(await read()).toBe(tag)
    expect((await ada.get(path, ifNoneMatch(tag))).status).toBe(304)
    const { status } = await ada.send('PATCH', path, { project_id: null }, ifMatch(tag))
    expect([status, await read() === tag]).toEqual([200, false])
  })

  it('a project does not change with its chats', async () => {
    const ada = await signedInUser()
    const created = await createProject(ada)
    const path = `/api/users/${ada.id}/projects/${created.id}`
    const tag = tagOf(await ada.get(path))
    await createChat(ada, {}, created)
    expect(tagOf(await ada.get(path))).toBe(tag)
  })

  it('an account does not change with what it stores', async () => {
    const ada = await signedInUser()
    const tag = tagOf(await ada.get(`/api/users/${ada.id}`))
    await createChat(ada)
    expect(tagOf(await ada.get(`/api/users/${ada.id}`))).toBe(tag)
  })

  it('a share changes with its whitelist, and differs from that of the next share', async () => {
    const ada = await signedInUser()
    const created = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${created.id}/shares`
    expect(tagOf(await ada.get(path))).toBeNull()
    const { id } = await createShare(ada, created)
    const first = tagOf(await ada.get(path))!
    expect(tagOf(await ada.get(`${path}/${id}`))).toBe(first)
    await ada.post(fillPath(entries, { user_id: ada.id, chat_id: created.id, share_id: id }), { emails: [ada.email] })
    const second = tagOf(await ada.get(path))!
    await ada.send('DELETE', `${path}/${id}`)
    await createShare(ada, created)
    expect(new Set([first, second, tagOf(await ada.get(path))]).size).toBe(3)
  })

  it('what was created is that of a read', async () => {
    const ada = await signedInUser()
    const ids = await createOneOfEach(ada)
    const names: Record<string, keyof ResourceIds> = {
      project: 'project_id', chat: 'chat_id', share: 'share_id', chatMessage: 'message_id', chatFile: 'file_id',
    }
    const { id: chat_id } = await createChat(ada)
    const created = Object.values(contracts).filter(({ route }) => route.startsWith('POST ')).filter(versionedProperty)
    expect(created).toHaveLength(6)
    for (const contract of created) {
      const { path } = parseRoute(contract.route)
      const isShare = path.endsWith('/shares')
      const target = fillPath(path, isShare ? { ...ids, chat_id } : ids)
      const { status, body, headers } = await ada.post(target, validBodyOf(contract.route, ada, ids))
      expect(status).toBe(201)
      const [name, { id }] = Object.entries(body as Record<string, { id: number }>)[0]!
      const read = fillPath(readPaths[names[name]!]!, { ...ids, ...isShare && { chat_id }, [names[name]!]: id })
      expect([name, headers.get('etag')]).toEqual([name, tagOf(await ada.get(read))])
    }
  })

  it('several messages or files does not exist', async () => {
    const ada = await signedInUser()
    const created = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${created.id}/messages`
    const several = await ada.post(path, { messages: [{ message: 'Hello', actor: 'user' }] })
    expect([several.status, tagOf(several), tagOf(await ada.get(path))]).toEqual([201, null, null])
  })

  it('a message is 412 after an edit in the same millisecond', async () => {
    const ada = await signedInUser()
    const created = await createChat(ada)
    const [{ id }] = await appendMessages(ada, created, 'Hello')
    const path = `/api/users/${ada.id}/chats/${created.id}/messages/${id}`
    const tag = tagOf(await ada.get(path))!
    const [before] = await db.select().from(messages).where(eq(messages.id, id))
    expect((await ada.send('PATCH', path, { message: 'Hello!' }, ifMatch(tag))).status).toBe(200)
    await db.update(messages).set({ updated_at: before!.updated_at }).where(eq(messages.id, id))
    expectError(await ada.send('PATCH', path, { message: 'Hello?' }, ifMatch(tag)), 412, changed)
  })
})

describe('a change without If-Match', () => {
  it('overwrites whatever is there', async () => {
    const ada = await signedInUser()
    const created = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${created.id}` as const
    for (const name of ['One', 'Two']) expect((await ada.send('PATCH', path, { name })).status).toBe(200)
    expect((await ada.get(path)).body.chat.name).toBe('Two')
  })
})
