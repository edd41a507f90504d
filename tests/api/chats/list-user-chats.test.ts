import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chats as chatsTable } from '#db/schema/chats'
import { expectInvalid, expectJson } from '../../support/expect.ts'
import {
  appendMessages, createChat, createChatWithoutProject, signedInUser, type TestUser,
} from '../../support/factories.ts'
import { fetchPages } from '../../support/shared-suites.ts'
import { useDatabase } from '../../support/use-database.ts'
import { userWithChats } from './fixtures.ts'

const db = useDatabase()

const pathOf = (person: { id: number }, query = '') => `/api/users/${person.id}/chats${query}` as const
const namesOf = (chats: { name: string }[]) => chats.map(({ name }) => name)
const list = async (person: TestUser, query = '') => (await person.get(pathOf(person, query))).body.chats

describe('GET /api/users/[user_id]/chats', () => {
  it('returns only the caller\'s chats, inside and outside projects', async () => {
    const [{ person, chats }] = [await userWithChats(), await userWithChats()]
    const expected = [chats.here, chats.there, chats.nowhere]
    expectJson(await person.get(pathOf(person, '?order_by=id:asc')), 200, { chats: expected })
  })

  it('returns an empty list to a new user', async () => {
    const ada = await signedInUser()
    expectJson(await ada.get(pathOf(ada)), 200, { chats: [] })
    expectJson(await ada.get(pathOf(ada, '?limit=1')), 200, { chats: [], next_cursor: null })
  })

  it('sorts the chat with the latest message first by default', async () => {
    const { person, chats } = await userWithChats()
    const isOwn = eq(chatsTable.neptun_user_id, person.id)
    await db.update(chatsTable).set({ updated_at: new Date('2020-02-02') }).where(isOwn)
    expect(namesOf(await list(person))).toStrictEqual(['nowhere', 'there', 'here'])
    await appendMessages(person, chats.here, 'Hello')
    expect(namesOf(await list(person))).toStrictEqual(['here', 'nowhere', 'there'])
  })

  it.each([
    ['id:desc', ['nowhere', 'there', 'here']],
    ['name:asc', ['here', 'nowhere', 'there']],
    ['name:desc', ['there', 'nowhere', 'here']],
    ['created_at:asc', ['here', 'there', 'nowhere']],
    ['model:asc', ['here', 'there', 'nowhere']],
    ['model:asc,name:desc', ['there', 'nowhere', 'here']],
    ['model:asc,name:desc,id:asc,created_at:desc,updated_at:asc', ['there', 'nowhere', 'here']],
    ['model:desc,name:asc,updated_at:desc,created_at:asc,id:desc', ['here', 'nowhere', 'there']],
  ])('sorts by %s, with and without paging', async (order, names) => {
    const { person } = await userWithChats()
    expect(namesOf(await list(person, `?order_by=${order}`))).toStrictEqual(names)
    const pages = await fetchPages(person, pathOf(person), 'chats', { limit: 2, order_by: order })
    expect(pages.map(namesOf)).toStrictEqual([names.slice(0, 2), names.slice(2)])
  })

  it.each(['?', '?&'])('takes an empty query: %s', async (query) => {
    const { person } = await userWithChats()
    expectJson(await person.get(pathOf(person, query)), 200, { chats: await list(person) })
  })

  it.each([
    '', 'project_id:asc', 'name', 'name:up', 'id:asc,id:desc', 'name:asc,',
  ])('rejects the order %j', async (order) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(pathOf(ada, `?order_by=${order}`)), 'Invalid query(order_by)', 'order_by')
  })

  it.each(['0', '101', 'x', ''])('rejects the limit %j', async (limit) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(pathOf(ada, `?limit=${limit}`)), 'Invalid query(limit)', 'limit')
  })
})

describe('GET /api/users/[user_id]/chats?project_id=', () => {
  it('returns only the chats of that project', async () => {
    const { person, projects, chats } = await userWithChats()
    expectJson(await person.get(pathOf(person, `?project_id=${projects.here.id}`)), 200, { chats: [chats.here] })
    expectJson(await person.get(pathOf(person, `?project_id=${projects.there.id}`)), 200, { chats: [chats.there] })
  })

  it('returns the chats outside projects for "none"', async () => {
    const { person, chats } = await userWithChats()
    expectJson(await person.get(pathOf(person, '?project_id=none')), 200, { chats: [chats.nowhere] })
  })

  it('returns an empty list for foreign and missing projects', async () => {
    const [{ person }, other] = [await userWithChats(), await userWithChats()]
    const foreign = await list(person, `?project_id=${other.projects.here.id}`)
    const missing = await list(person, '?project_id=999999999999')
    expect([foreign, missing]).toStrictEqual([[], []])
  })

  it.each([
    '0', 'x', '-1', '', '1.5', '01', '1e3', '%201', '1,2', 'None', 'null', '99999999999999999999',
  ])('rejects the project id %j', async (id) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(pathOf(ada, `?project_id=${id}`)), 'Invalid query(project_id)', 'project_id')
  })

  it('rejects more than one project id', async () => {
    const { person, projects: { here, there } } = await userWithChats()
    const answer = await person.get(pathOf(person, `?project_id=${here.id}&project_id=${there.id}`))
    expectInvalid(answer, 'Invalid query(project_id)', 'project_id')
  })

  it('applies the filter to every page', async () => {
    const { person, projects } = await userWithChats()
    for (const name of ['b', 'c']) await createChat(person, { name }, projects.here)
    for (const name of ['x', 'y']) await createChatWithoutProject(person, { name })
    const pagesOf = async (project_id: string | number) =>
      (await fetchPages(person, pathOf(person), 'chats', { limit: 2, order_by: 'id:asc', project_id })).map(namesOf)
    expect(await pagesOf(projects.here.id)).toStrictEqual([['here', 'b'], ['c']])
    expect(await pagesOf('none')).toStrictEqual([['nowhere', 'x'], ['y']])
  })

  it('rejects a cursor from a list with another filter', async () => {
    const { person, projects: { here, there } } = await userWithChats()
    await createChat(person, {}, here)
    const cursor = (await person.get(pathOf(person, `?limit=1&project_id=${here.id}`))).body.next_cursor!
    expect((await list(person, `?limit=1&project_id=${here.id}&cursor=${cursor}`))).toHaveLength(1)
    for (const filter of ['', '&project_id=none', `&project_id=${there.id}`]) {
      const answer = await person.get(pathOf(person, `?limit=1&cursor=${cursor}${filter}`))
      expectInvalid(answer, 'Invalid query(cursor)', 'cursor')
    }
  })
})
