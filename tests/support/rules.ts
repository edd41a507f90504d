import { describe, expect, it } from 'vitest'
import { expectError, expectInvalid } from './expect.ts'
import { request, type Answer, type Json } from './http.ts'
import { chatOf, projectOf, signedInUser, type Person } from './world.ts'

/** No row has this id, and a database can hold it. */
export const missingId = Number.MAX_SAFE_INTEGER

const noIds = ['abc', '0', '-1', '1.5', '1e3', '%20', '99999999999999999999']

interface OwnedEndpoint {
  method: 'GET' | 'POST'
  /** What the second id of the path stands for. */
  of: 'project' | 'chat'
  path: (userId: number | string, id: number | string) => string
  body?: unknown
}

/** The rules of every endpoint for something that somebody owns: who may ask, and what all others are told. */
export function describeOwnership({ method, of, path, body }: OwnedEndpoint): void {
  const idName = `${of}_id`
  const notFound = of === 'project' ? 'Project not found' : 'Chat not found'
  const thingOf = (person: Person): Promise<{ id: number }> => of === 'project' ? projectOf(person) : chatOf(person)
  const issue = (name: string) => ({ code: 'invalid_type', path: [name], message: `Invalid ${name}` })
  const expectInvalidIds = (answer: Answer, ...names: string[]) =>
    expectError(answer, 400, 'Invalid parameters', { data: { message: 'Invalid parameters', issues: names.map(issue) } })
  const expectUnauthorized = (answer: Answer) => expectError(answer, 401, 'You do not have access to view the information.')

  describe('is for its owner alone, and', () => {
    it.each([
      ['no cookie', undefined],
      ['another cookie', 'session=abc'],
      ['an empty session', 'neptun-session='],
      ['a made-up session', 'neptun-session=garbage'],
    ])('refuses %s', async (_, cookie) => {
      const ada = await signedInUser()
      const { id } = await thingOf(ada)
      expectUnauthorized(await request(method, path(ada.id, id), body, { headers: { ...cookie !== undefined && { cookie } } }))
    })

    it('refuses a session that has ended', async () => {
      const ada = await signedInUser()
      const { id } = await thingOf(ada)
      await ada.post('/api/auth/logout')
      expectUnauthorized(await ada.send(method, path(ada.id, id), body))
    })

    it.each(noIds)('takes %s for no id', async (noId) => {
      const ada = await signedInUser()
      expectInvalidIds(await ada.send(method, path(ada.id, noId), body), idName)
      expectInvalidIds(await ada.send(method, path(noId, missingId), body), 'user_id')
      expectInvalidIds(await ada.send(method, path(noId, noId), body), 'user_id', idName)
    })

    it('does not find another user, whether there is one or not', async () => {
      const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
      const { id } = await thingOf(ada)
      const answers = await Promise.all([ada.id, missingId].map(userId => eve.send(method, path(userId, id), body)))
      expectError(answers[0]!, 404, 'User not found')
      expect(answers[1]!.text).toBe(answers[0]!.text)
    })

    it(`tells the ${of} of a neighbour from none in not a single byte`, async () => {
      const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
      const { id } = await thingOf(ada)
      const [neighbours, missing] = await Promise.all([id, missingId].map(other => eve.send(method, path(eve.id, other), body)))
      expectError(neighbours!, 404, notFound)
      expect(neighbours!.text).toBe(missing!.text)
    })

    it('asks for the session first, then for well-formed ids, then for the user', async () => {
      const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
      expectUnauthorized(await request(method, path('abc', 'abc'), body))
      expectInvalidIds(await eve.send(method, path(ada.id, 'abc'), body), idName)
      expectError(await eve.send(method, path(ada.id, missingId), body), 404, 'User not found')
    })
  })
}

interface PagedList {
  /** What the answer calls its rows. */
  key: string
  /** Makes a list of `count` rows, and says where it is. */
  listOf: (person: Person, count: number) => Promise<{ path: string, addOne: () => Promise<unknown> }>
  /** An order that is not the usual one, where the list has one. */
  otherOrder?: string
}

const withQuery = (path: string, query: Record<string, string | number>) =>
  `${path}?${Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`

/** Walks a list from cursor to cursor, and gives its pages. */
export async function walk(
  person: Person,
  path: string,
  key: string,
  query: { limit: number, [name: string]: string | number },
): Promise<Json[][]> {
  const pages: Json[][] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { status, body } = await person.get(withQuery(path, { ...query, ...cursor && { cursor } }))
    expect(status).toBe(200)
    expect(body).toStrictEqual({ [key]: expect.any(Array), next_cursor: body.next_cursor === null ? null : expect.any(String) })
    expect(cursor).not.toBe(body.next_cursor)
    cursor = body.next_cursor
    pages.push(body[key])
  }
  return pages
}

/** The rules of every list that can be walked in pages. */
export function describePages({ key, listOf, otherOrder }: PagedList): void {
  describe('can be walked in pages, and', () => {
    it('has no cursor without a limit', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 3)
      expect((await ada.get(path)).body).toStrictEqual({ [key]: [expect.anything(), expect.anything(), expect.anything()] })
    })

    it.each([
      [1, [1, 1, 1, 1, 1]],
      [2, [2, 2, 1]],
      [5, [5]],
      [100, [5]],
    ])('gives each row once with a limit of %i', async (limit, sizes) => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 5)
      const { body } = await ada.get(path)
      const pages = await walk(ada, path, key, { limit })
      expect(pages.map(page => page.length)).toStrictEqual(sizes)
      expect(idsOf(pages.flat())).toStrictEqual(idsOf(body[key]))
    })

    it('ends at once where it is empty', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      expect((await ada.get(`${path}?limit=1`)).body).toStrictEqual({ [key]: [], next_cursor: null })
    })

    it('neither skips nor doubles a row when others are added meanwhile', async () => {
      const ada = await signedInUser()
      const { path, addOne } = await listOf(ada, 4)
      const before = idsOf((await ada.get(path)).body[key])
      const { body: first } = await ada.get(`${path}?limit=2`)
      await addOne()
      const { body: second } = await ada.get(withQuery(path, { limit: 2, cursor: first.next_cursor }))
      expect(idsOf([...first[key], ...second[key]])).toStrictEqual(before)
    })

    it.each(['0', '101', 'x', '', '-1', '1.5', '1e1', '%20'])('takes %j for no limit', async (limit) => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      expectInvalid(await ada.get(`${path}?limit=${limit}`), 'Invalid query(limit)', 'limit')
    })

    it('takes one limit and one cursor', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      expectInvalid(await ada.get(`${path}?limit=1&limit=1`), 'Invalid query(limit)', 'limit')
      expectInvalid(await ada.get(`${path}?limit=1&cursor=a&cursor=a`), 'Invalid query(cursor)', 'cursor')
    })

    it('takes a cursor only with a limit, unaltered, for its own list and in its own order', async () => {
      const ada = await signedInUser()
      const [{ path }, other] = [await listOf(ada, 2), await listOf(ada, 2)]
      const { next_cursor: cursor } = (await ada.get(`${path}?limit=1`)).body
      const expectNoCursor = async (path: string) => expectInvalid(await ada.get(path), 'Invalid query(cursor)', 'cursor')
      await expectNoCursor(withQuery(path, { cursor }))
      await expectNoCursor(withQuery(other.path, { limit: 1, cursor }))
      for (const altered of ['', 'abc', `${cursor}A`, cursor.slice(0, -1), flipped(cursor, 0), flipped(cursor, cursor.length - 2), cursor.split('.')[0]])
        await expectNoCursor(withQuery(path, { limit: 1, cursor: altered }))
      if (otherOrder) await expectNoCursor(withQuery(path, { limit: 1, cursor, order_by: otherOrder }))
    })

    it('says what is wrong with the query before what is not there', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 0)
      const missing = path.replace(/\d+(\/[a-z]+)$/, `${missingId}$1`)
      expectInvalid(await ada.get(`${missing}?limit=0`), 'Invalid query(limit)', 'limit')
      expect((await ada.get(`${missing}?limit=1`)).status).toBe(404)
      const eve = await signedInUser()
      expectError(await eve.get(`${path}?limit=0`), 404, 'User not found')
    })

    it('ignores query parameters that it does not know', async () => {
      const ada = await signedInUser()
      const { path } = await listOf(ada, 2)
      const { status, text } = await ada.get(`${path}?offset=1&offset=2&page=x&Limit=1`)
      expect(status).toBe(200)
      expect(idsOf(JSON.parse(text)[key])).toHaveLength(2)
    })
  })
}

const idsOf = (rows: { id: number }[]) => rows.map(row => row.id)
const flipped = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
