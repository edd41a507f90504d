import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { maxIdempotencyKeys } from '#db/rules'
import { idempotencyKeys } from '#db/schema/index'
import { contracts } from '#server/contracts/index'
import { isCreating } from '#server/contracts/kit/contract'
import { realServer } from '../../support/databases.ts'
import { expectError, expectInvalid } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser, type TestUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { useDatabase } from '../../support/use-database.ts'
import { creations, rowsIn, sendWithKey } from './creations.ts'

const db = useDatabase()

const gone = 'What the first request with this Idempotency-Key created has been deleted.'
const ofAnother = 'The Idempotency-Key belongs to another request.'
const underWay = 'A request with this Idempotency-Key is being processed.'
const invalid = 'Invalid header(Idempotency-Key)'

const newChat = { name: 'Loose talk', model: 'google/gemma-2-27b-it' }

/** Creates a chat with a key. */
const createWithKey = (ada: TestUser, key: string, body: unknown = newChat) =>
  sendWithKey(ada, { path: `/api/users/${ada.id}/chats`, body }, key)

const countChats = async (ada: TestUser) => (await ada.get(`/api/users/${ada.id}/chats`)).body.chats.length
const replayed = ({ headers }: { headers: Headers }) => headers.get('idempotent-replayed')

const isRecord = (ada: TestUser, key: string) =>
  and(eq(idempotencyKeys.neptun_user_id, ada.id), eq(idempotencyKeys.key, key))
const recordsOf = (ada: TestUser) =>
  db.select().from(idempotencyKeys).where(eq(idempotencyKeys.neptun_user_id, ada.id)).orderBy(idempotencyKeys.key)
const makeOld = (ada: TestUser, key: string, { hours = 0, minutes = 0 }) =>
  db.update(idempotencyKeys).set({ created_at: sql`now() - make_interval(hours => ${hours}, mins => ${minutes})` })
    .where(isRecord(ada, key))

/** A file link is signed anew for each response. */
const withoutLinks = (body: unknown) => JSON.stringify(body).replaceAll(/"url":"[^"]*"/g, '"url":""')

it('every endpoint that creates rows is tested', () => {
  const creating = Object.values(contracts).filter(isCreating).map(({ route }) => route)
  expect(creating).toHaveLength(7)
  expect([...new Set(Object.values(creations).map(({ route }) => route))].sort()).toEqual(creating.sort())
})

describe.each(Object.entries(creations))('a request with a key that creates %s', (_, { route, prepare }) => {
  it('creates them once, however often it is repeated', async () => {
    const ada = await signedInUser()
    const [creation, key] = [await prepare(ada), randomUUID()]
    const first = await sendWithKey(ada, creation, key)
    expect([first.status, replayed(first)]).toEqual([201, null])
    for (const again of [await sendWithKey(ada, creation, key), await sendWithKey(ada, creation, key)]) {
      expect([again.status, replayed(again)]).toEqual([201, 'true'])
      expect(withoutLinks(again.body)).toBe(withoutLinks(first.body))
    }
    const [record] = await recordsOf(ada)
    expect(record!.ids).toEqual(rowsIn(first).map(({ id }) => id))
    if (route.endsWith('/shares')) return
    const another = await sendWithKey(ada, creation, randomUUID())
    expect([another.status, replayed(another)]).toEqual([201, null])
  })

  it('is a 422 if the key belongs to another request', async () => {
    const ada = await signedInUser()
    const [creation, key] = [await prepare(ada), randomUUID()]
    const first = await sendWithKey(ada, creation, key)
    expectError(await sendWithKey(ada, { ...creation, body: creation.otherBody }, key), 422, ofAnother)
    const again = await sendWithKey(ada, creation, key)
    expect(withoutLinks(again.body)).toBe(withoutLinks(first.body))
  })

  it('is a 409 if one of them has been deleted', async () => {
    const ada = await signedInUser()
    const [creation, key] = [await prepare(ada), randomUUID()]
    const first = await sendWithKey(ada, creation, key)
    expect((await creation.deleteOne(first)).status).toBe(200)
    expectError(await sendWithKey(ada, creation, key), 409, gone)
    expectError(await sendWithKey(ada, creation, key), 409, gone)
  })

  it('does not concern other users', async () => {
    const [ada, bob] = [await signedInUser(), await signedInUser()]
    const key = randomUUID()
    const first = await sendWithKey(ada, await prepare(ada), key)
    const other = await sendWithKey(bob, await prepare(bob), key)
    expect([first.status, other.status, replayed(other)]).toEqual([201, 201, null])
    expect(rowsIn(other)[0]!.id).not.toBe(rowsIn(first)[0]!.id)
  })

  it('reveals nothing to others', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [creation, key] = [await prepare(ada), randomUUID()]
    await sendWithKey(ada, creation, key)
    expectError(await sendWithKey(eve, creation, key), 404, 'User not found')
    expectError(await request('POST', creation.path, creation.body, { headers: { 'idempotency-key': key } }),
      401, 'You do not have access to view the information.')
    expect(await recordsOf(eve)).toEqual([])
  })

  it('is a 400 if the key is malformed', async () => {
    const ada = await signedInUser()
    expectInvalid(await sendWithKey(ada, await prepare(ada), 'a b'), invalid, 'Idempotency-Key')
    expect(await recordsOf(ada)).toEqual([])
  })
})

describe('a repeated request', () => {
  it('has the rows as they are now', async () => {
    const ada = await signedInUser()
    const first = await createWithKey(ada, 'key')
    const [{ id }] = rowsIn(first) as [{ id: number }]
    const { body: { chat } } = await ada.send('PATCH', `/api/users/${ada.id}/chats/${id}`, { name: 'Renamed' })
    expect((await createWithKey(ada, 'key')).body).toEqual({ chat })
  })

  it('has links that are signed anew', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, 'Hello')
    const creation = {
      path: `/api/users/${ada.id}/chats/${chat.id}/files/${message.id}`, body: { title: 'a.txt', text: 'Hello' },
    }
    await sendWithKey(ada, creation, 'key')
    const { pathname, search } = new URL(rowsIn(await sendWithKey(ada, creation, 'key'))[0]!.url!)
    expect((await request('GET', pathname + search)).text).toBe('Hello')
  })

  it('may be longer than a page', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const contents = Array.from({ length: 10 }, (_, i) => `${i}`)
    const body = { messages: contents.map(message => ({ message, actor: 'user' })) }
    const creation = { path: `/api/users/${ada.id}/chats/${chat.id}/messages`, body }
    const rows = rowsIn(await sendWithKey(ada, creation, 'key'))
    await appendMessages(ada, chat, 'Another one')
    const long = 'x'.repeat(900_000)
    for (const { id } of rows)
      await ada.send('PATCH', `/api/users/${ada.id}/chats/${chat.id}/messages/${id}`, { message: long + id })
    const again = await sendWithKey(ada, creation, 'key')
    expect(again.headers.get('content-length')).toBeNull()
    expect((again.body.chatMessages as unknown as { content: string }[]).map(({ content }) => content))
      .toEqual(rows.map(({ id }) => long + id))
  })

  it('is the same in another notation', async () => {
    const ada = await signedInUser()
    const first = await createWithKey(ada, 'key')
    const headers = { 'idempotency-key': '"key"', 'content-type': 'application/x-www-form-urlencoded' }
    const again = await ada.post(`/api/users/${ada.id}/chats/`, undefined, {
      headers, raw: new URLSearchParams(newChat).toString(),
    })
    expect([again.status, replayed(again), again.body]).toEqual([201, 'true', first.body])
  })

  it('counts as another one on another path', async () => {
    const ada = await signedInUser()
    const send = async () => sendWithKey(
      ada, { path: `/api/users/${ada.id}/chats/${(await createChat(ada)).id}/shares`, body: {} }, 'key')
    expect((await send()).status).toBe(201)
    expectError(await send(), 422, ofAnother)
  })

  it('is not kept if it was refused, so that it can be corrected', async () => {
    const ada = await signedInUser()
    const path = (chat: { id: number }) => `/api/users/${ada.id}/chats/${chat.id}/messages`
    const chat = await createChat(ada)
    const body = { message: 'Hello', actor: 'user' }
    expect((await sendWithKey(ada, { path: path(chat), body: { ...body, actor: 'nobody' } }, 'key')).status).toBe(400)
    expect((await sendWithKey(ada, { path: path({ id: chat.id + 1_000_000 }), body }, 'key')).status).toBe(404)
    const created = await sendWithKey(ada, { path: path(chat), body }, 'key')
    expect([created.status, replayed(created)]).toEqual([201, null])
  })

  it('is not kept if the state refused it', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const creation = { path: `/api/users/${ada.id}/chats/${chat.id}/shares`, body: {} }
    const share = rowsIn(await sendWithKey(ada, creation, 'first'))[0]!
    expectError(await sendWithKey(ada, creation, 'second'), 409, 'This chat already has a share.')
    await ada.send('DELETE', `${creation.path}/${share.id}`)
    expect((await sendWithKey(ada, creation, 'second')).status).toBe(201)
  })

  it('is answered even if the quota has been reached meanwhile', async () => {
    const ada = await signedInUser()
    await createWithKey(ada, 'key')
    await db.execute(sql`update usage set chats = 1000000 where neptun_user_id = ${ada.id}`)
    expect((await createWithKey(ada, 'key')).status).toBe(201)
  })
})

describe('requests with the same key at once', () => {
  it('create one row', async () => {
    const ada = await signedInUser()
    const responses = await Promise.all(Array.from({ length: 100 }, () => createWithKey(ada, 'key')))
    const created = responses.filter(({ status }) => status === 201)
    expect(created.filter(response => replayed(response) === null)).toHaveLength(1)
    expect(new Set(created.map(({ text }) => text)).size).toBe(1)
    for (const response of responses.filter(({ status }) => status !== 201)) {
      expectError(response, 409, underWay)
      expect(response.headers.get('retry-after')).toBe('1')
    }
    expect(await countChats(ada)).toBe(1)
  })

  // On an embedded database, this test has the same session as the server, and therefore the same locks.
  it.skipIf(!realServer)('are a 409 while the first one is being processed', async () => {
    const ada = await signedInUser()
    const key = randomUUID()
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, ${ada.id}))`)
      const response = await createWithKey(ada, key)
      expectError(response, 409, underWay)
      expect(response.headers.get('retry-after')).toBe('1')
      expect((await createWithKey(ada, randomUUID())).status).toBe(201)
    })
    expect((await createWithKey(ada, key)).status).toBe(201)
    expect(await countChats(ada)).toBe(2)
  })
})

describe('a key', () => {
  const longest = 'k'.repeat(255)

  it.each([
    ['a', 'a'], ['"a"', 'a'], ['"a \\" b"', undefined], ['"a\\"b\\\\c"', 'a"b\\c'], ['a"b', 'a"b'], ['!~;,', '!~;,'],
    [longest, longest], [`"${longest}"`, longest],
  ])('%j is %j', async (header, key) => {
    const ada = await signedInUser()
    const response = await createWithKey(ada, header)
    if (key === undefined) return expectInvalid(response, invalid, 'Idempotency-Key')
    expect((await recordsOf(ada)).map(({ key }) => key)).toEqual([key])
  })

  it.each(['', '""', '"', '"a', 'a b', '"a";b=1', 'ä', 'a\tb', '"a\\b"', `${longest}k`, `"${longest}k"`])(
    '%j is malformed', async (header) => {
      const ada = await signedInUser()
      expectInvalid(await createWithKey(ada, header), invalid, 'Idempotency-Key')
      expect(await countChats(ada)).toBe(0)
    })

  it('is checked after the query and before the body', async () => {
    const ada = await signedInUser()
    expectInvalid(await createWithKey(ada, 'a b', {}), invalid, 'Idempotency-Key')
  })

  it('is ignored where nothing is created', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const headers = { 'idempotency-key': 'a b' }
    expect((await ada.get(`/api/users/${ada.id}/chats`, { headers })).status).toBe(200)
    expect((await ada.send('PATCH', `/api/users/${ada.id}/chats/${chat.id}`, { name: 'A' }, { headers })).status)
      .toBe(200)
    expect(await recordsOf(ada)).toEqual([])
  })
})

describe('the record of a request', () => {
  it('contains nothing of it', async () => {
    const ada = await signedInUser()
    await createWithKey(ada, 'key', { ...newChat, name: 'Swordfish' })
    const [record] = await recordsOf(ada)
    expect(record!.fingerprint).toMatch(/^[\w-]{43}$/)
    // The same request of another user has another one.
    const bob = await signedInUser()
    await createWithKey(bob, 'key', { ...newChat, name: 'Swordfish' })
    expect((await recordsOf(bob))[0]!.fingerprint).not.toBe(record!.fingerprint)
  })

  it('counts for 24 hours', async () => {
    const ada = await signedInUser()
    await createWithKey(ada, 'key')
    await makeOld(ada, 'key', { hours: 23, minutes: 55 })
    expect(replayed(await createWithKey(ada, 'key'))).toBe('true')
    await makeOld(ada, 'key', { hours: 24, minutes: 5 })
    expect(replayed(await createWithKey(ada, 'key', { ...newChat, name: 'Another' }))).toBeNull()
    expect(replayed(await createWithKey(ada, 'key', { ...newChat, name: 'Another' }))).toBe('true')
    expect(await countChats(ada)).toBe(2)
  })

  it('is deleted by later requests of the user', async () => {
    const [ada, bob] = [await signedInUser(), await signedInUser()]
    for (const user of [ada, bob]) {
      for (const key of ['old', 'new']) await createWithKey(user, key)
      await makeOld(user, 'old', { hours: 25 })
    }
    await createWithKey(ada, 'newer')
    expect((await recordsOf(ada)).map(({ key }) => key)).toEqual(['new', 'newer'])
    expect((await recordsOf(bob)).map(({ key }) => key)).toEqual(['new', 'old'])
  })

  it('is deleted early if the user has too many', async () => {
    const ada = await signedInUser()
    await db.execute(sql`
      insert into idempotency_keys (neptun_user_id, key, fingerprint, ids, created_at)
      select ${ada.id}, 'key ' || i, '', '{}', now() - make_interval(secs => i)
      from generate_series(1, ${maxIdempotencyKeys + 150}) i`)
    const countRecords = () => db.$count(idempotencyKeys, eq(idempotencyKeys.neptun_user_id, ada.id))
    // At most 100 at a time, the oldest first.
    await createWithKey(ada, 'first')
    expect(await countRecords()).toBe(maxIdempotencyKeys + 51)
    for (const key of ['second', 'third', 'fourth']) await createWithKey(ada, key)
    expect(await countRecords()).toBe(maxIdempotencyKeys)
    const oldest = await db.select().from(idempotencyKeys).where(isRecord(ada, `key ${maxIdempotencyKeys - 4}`))
    expect(oldest).toHaveLength(1)
  })

  it('is deleted with the account', async () => {
    const ada = await signedInUser()
    await createWithKey(ada, 'key')
    expect((await ada.send('DELETE', `/api/users/${ada.id}`)).status).toBe(200)
    expect(await recordsOf(ada)).toEqual([])
  })
})
