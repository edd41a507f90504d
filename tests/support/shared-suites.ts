import { describe, expect, it } from 'vitest'
import type { Schemas } from '#client/index'
import { expectError, expectInvalid, validationErrorBody } from './expect.ts'
import { createChat, createProject, missingId, signedInUser, type TestUser } from './factories.ts'
import { request, type ApiResponse } from './http.ts'

const malformedIds = ['abc', '0', '-1', '1.5', '1e3', '%20', '99999999999999999999']

interface OwnedEndpoint {
  method: 'GET' | 'POST'
  /** The resource that the second id of the path identifies. */
  of: 'project' | 'chat'
  path: (userId: number | string, id: number | string) => string
  body?: unknown
}

/** The tests of every endpoint below a project or a chat: its owner has access, and all other callers get an error. */
export function describeOwnership({ method, of, path, body }: OwnedEndpoint): void {
  const idName = `${of}_id`
  const notFound = of === 'project' ? 'Project not found' : 'Chat not found'
  const create = (person: TestUser): Promise<{ id: number }> =>
    of === 'project' ? createProject(person) : createChat(person)

  const expectInvalidIds = (response: ApiResponse, ...names: string[]) => {
    const issues = names.map(name => ({ code: 'invalid_type', path: [name], message: `Invalid ${name}` }))
    expectError(response, 400, 'Invalid parameters', validationErrorBody('Invalid parameters', issues))
  }
  const expectUnauthorized = (response: ApiResponse) =>
    expectError(response, 401, 'You do not have access to view the information.')

  describe('access', () => {
    it.each([
      ['no cookie', undefined],
      ['another cookie', 'session=abc'],
      ['an empty session', 'neptun-session='],
      ['an unknown session', 'neptun-session=garbage'],
    ])('returns 401 for %s', async (_, cookie) => {
      const ada = await signedInUser()
      const { id } = await create(ada)
      const headers = { ...cookie !== undefined && { cookie } }
      expectUnauthorized(await request(method, path(ada.id, id), body, { headers }))
    })

    it('returns 401 for an ended session', async () => {
      const ada = await signedInUser()
      const { id } = await create(ada)
      await ada.post('/api/auth/logout')
      expectUnauthorized(await ada.send(method, path(ada.id, id), body))
    })

    it.each(malformedIds)('rejects the malformed id %s', async (malformed) => {
      const ada = await signedInUser()
      expectInvalidIds(await ada.send(method, path(ada.id, malformed), body), idName)
      expectInvalidIds(await ada.send(method, path(malformed, missingId), body), 'user_id')
      expectInvalidIds(await ada.send(method, path(malformed, malformed), body), 'user_id', idName)
    })

    it('answers foreign and missing users identically', async () => {
      const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
      const { id } = await create(ada)
      const [foreign, missing] = await Promise.all([
        eve.send(method, path(ada.id, id), body),
        eve.send(method, path(missingId, id), body),
      ])
      expectError(foreign, 404, 'User not found')
      expect(missing.text).toBe(foreign.text)
    })

    it(`answers foreign and missing ${of}s identically`, async () => {
      const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
      const { id } = await create(ada)
      const [foreign, missing] = await Promise.all([
        eve.send(method, path(eve.id, id), body),
        eve.send(method, path(eve.id, missingId), body),
      ])
      expectError(foreign, 404, notFound)
      expect(missing.text).toBe(foreign.text)
    })

    it('checks the session first, then the ids, then the user', async () => {
      const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
      expectUnauthorized(await request(method, path('abc', 'abc'), body))
      expectInvalidIds(await eve.send(method, path(ada.id, 'abc'), body), idName)
      expectError(await eve.send(method, path(ada.id, missingId), body), 404, 'User not found')
    })
  })
}

/** The rows of the paged lists, by the field of the response that holds them. */
interface ListRows {
  projects: Schemas['Project']
  chats: Schemas['Chat']
  chatMessages: Schemas['Message']
  chatFiles: Schemas['ListedFile']
  files: Schemas['ListedFile']
}

type Page<Key extends keyof ListRows> = Record<Key, ListRows[Key][]> & { next_cursor?: string | null }
type Query = Record<string, string | number>

const withQuery = (path: string, query: Query) =>
  [path, Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')]
    .filter(Boolean).join('?')

/** Follows the cursors of a list to its end, and returns the rows of each page. */
export async function fetchPages<Key extends keyof ListRows>(
  person: TestUser,
  path: string,
  key: Key,
  query: { limit: number } & Query,
): Promise<ListRows[Key][][]> {
  const pages: ListRows[Key][][] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const response = await person.get(withQuery(path, { ...query, ...cursor && { cursor } }))
    const body = response.body as Page<Key>
    expect(response.status).toBe(200)
    const next = body.next_cursor === null ? null : expect.any(String)
    expect(body).toStrictEqual({ [key]: expect.any(Array), next_cursor: next })
    expect(cursor).not.toBe(body.next_cursor)
    cursor = body.next_cursor
    pages.push(body[key])
  }
  return pages
}

interface PagedList<Key extends keyof ListRows> {
  /** The field of the response that holds the rows. */
  key: Key
  /** Creates a list of `count` rows. */
  listOf: (person: TestUser, count: number) => Promise<{ path: string, addOne: () => Promise<unknown> }>
  /** An order other than the default, where the list has one. */
  otherOrder?: string
}

/** The tests of every list with pages. */
export function describePagination<Key extends keyof ListRows>({ key, listOf, otherOrder }: PagedList<Key>): void {
  const get = async (person: TestUser, path: string, query: Query = {}) =>
    (await person.get(withQuery(path, query))).body as Page<Key>

  describe('pages', () => {
    it('returns all rows and no cursor without a limit', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 3)
      const rows = [expect.anything(), expect.anything(), expect.anything()]
      expect(await get(ada, path)).toStrictEqual({ [key]: rows })
    })

    it.each([
      [1, [1, 1, 1, 1, 1]],
      [2, [2, 2, 1]],
      [5, [5]],
      [100, [5]],
    ])('returns each row once with a limit of %i', async (limit, sizes) => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 5)
      const all = await get(ada, path)
      const pages = await fetchPages(ada, path, key, { limit })
      expect(pages.map(page => page.length)).toStrictEqual(sizes)
      expect(idsOf(pages.flat())).toStrictEqual(idsOf(all[key]))
    })

    it('returns a single page for an empty list', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      expect(await get(ada, path, { limit: 1 })).toStrictEqual({ [key]: [], next_cursor: null })
    })

    it('neither skips nor repeats rows when others are added between pages', async () => {
      const ada = await signedInUser()
      const { path, addOne } = await listOf(ada, 4)
      const before = idsOf((await get(ada, path))[key])
      const first = await get(ada, path, { limit: 2 })
      await addOne()
      const second = await get(ada, path, { limit: 2, cursor: first.next_cursor! })
      expect(idsOf([...first[key], ...second[key]])).toStrictEqual(before)
    })

    it.each(['0', '101', 'x', '', '-1', '1.5', '1e1', '%20'])('rejects the limit %j', async (limit) => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      expectInvalid(await ada.get(`${path}?limit=${limit}`), 'Invalid query(limit)', 'limit')
    })

    it('rejects a repeated limit or cursor', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      expectInvalid(await ada.get(`${path}?limit=1&limit=1`), 'Invalid query(limit)', 'limit')
      expectInvalid(await ada.get(`${path}?limit=1&cursor=a&cursor=a`), 'Invalid query(cursor)', 'cursor')
    })

    it('rejects a cursor without a limit, of another list or order, or altered', async () => {
      const ada = await signedInUser()
      const [{ path }, other] = [await listOf(ada, 2), await listOf(ada, 2)]
      const cursor = (await get(ada, path, { limit: 1 })).next_cursor!
      const expectInvalidCursor = async (path: string, query: Query) =>
        expectInvalid(await ada.get(withQuery(path, query)), 'Invalid query(cursor)', 'cursor')
      await expectInvalidCursor(path, { cursor })
      await expectInvalidCursor(other.path, { limit: 1, cursor })
      const altered = [
        '',
        'abc',
        `${cursor}A`,
        cursor.slice(0, -1),
        withCharacterChanged(cursor, 0),
        withCharacterChanged(cursor, cursor.length - 2),
        cursor.split('.')[0]!,
      ]
      for (const cursor of altered) await expectInvalidCursor(path, { limit: 1, cursor })
      if (otherOrder) await expectInvalidCursor(path, { limit: 1, cursor, order_by: otherOrder })
    })

    it('checks the user first, then the query, then the resource', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      const missing = path.replace(/\d+(\/[a-z]+)$/, `${missingId}$1`)
      expectInvalid(await ada.get(`${missing}?limit=0`), 'Invalid query(limit)', 'limit')
      expect((await ada.get(`${missing}?limit=1`)).status).toBe(404)
      const eve = await signedInUser()
      expectError(await eve.get(`${path}?limit=0`), 404, 'User not found')
    })

    it('ignores unknown query parameters', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 2)
      const { status, body } = await ada.get(`${path}?offset=1&offset=2&page=x&Limit=1`)
      expect(status).toBe(200)
      expect(idsOf((body as Page<Key>)[key])).toHaveLength(2)
    })
  })
}

const idsOf = (rows: { id: number }[]) => rows.map(row => row.id)

const withCharacterChanged = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
