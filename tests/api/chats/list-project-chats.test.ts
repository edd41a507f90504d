import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anyTimestamp, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import {
  appendMessages, createChat, createProject, missingId, signedInUser, type TestUser,
} from '../../support/factories.ts'
import { describeOwnership, describePagination, fetchPages } from '../../support/shared-suites.ts'

interface ChatConversation {
  id: number
  neptun_user_id: number
  model: string
  name: string
  created_at: string
  updated_at: string
}

interface ApiResponse {
  chats: ChatConversation[]
}

const ApiResponseModel = z.object({
  chats: z.array(z.object({
    id: z.int(),
    neptun_user_id: z.int(),
    model: z.string(),
    name: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })),
})

const pathOf = (person: { id: number | string }, project: { id: number | string }) =>
  `/api/users/${person.id}/projects/${project.id}/chats` as const

const namesOf = (body: ApiResponse) => body.chats.map(chat => chat.name)

/** Creates a project with one chat for each name, in this order. */
async function projectWithChats(person: TestUser, ...names: string[]) {
  const project = await createProject(person)
  const chats: ChatConversation[] = []
  for (const name of names) chats.push(await createChat(person, { name }, project))
  return { path: pathOf(person, project), project, chats }
}

describe('GET /api/users/[user_id]/projects/[project_id]/chats', () => {
  it('returns exactly the documented fields', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    const chat = await createChat(ada, { name: 'Project Discussion', model: 'google/gemma-2-27b-it' }, project)
    expectJson(await ada.get(pathOf(ada, project), { headers: { accept: 'application/json' } }), 200, {
      chats: [{
        id: chat.id,
        neptun_user_id: ada.id,
        model: 'google/gemma-2-27b-it',
        name: 'Project Discussion',
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      }],
    })
  })

  it('matches the documented interface and model, newest chat first', async () => {
    const ada = await signedInUser()
    const { path, chats } = await projectWithChats(ada, 'a', 'b')
    const { body } = await ada.get(path)
    const response: ApiResponse = ApiResponseModel.parse(body)
    expect(response).toStrictEqual(body)
    expect(response.chats).toStrictEqual(chats.toReversed())
  })

  it('returns only the chats of this project', async () => {
    const ada = await signedInUser()
    const [project, other, empty] = [await createProject(ada), await createProject(ada), await createProject(ada)]
    await createChat(ada, { name: 'here' }, project)
    await createChat(ada, { name: 'there' }, other)
    expect(namesOf((await ada.get(pathOf(ada, project))).body)).toStrictEqual(['here'])
    expect((await ada.get(pathOf(ada, empty))).body).toStrictEqual({ chats: [] })
  })

  it('has no side effects', async () => {
    const ada = await signedInUser()
    const { path } = await projectWithChats(ada, 'a', 'b')
    const first = await ada.get(path)
    expect((await ada.get(path)).text).toBe(first.text)
  })

  describeOwnership({
    method: 'GET',
    of: 'project',
    path: (user, project) => pathOf({ id: user }, { id: project }),
  })

  describePagination({
    key: 'chats',
    otherOrder: 'updated_at:asc',
    async listOf(person, count) {
      const { path, project } = await projectWithChats(person, ...Array.from({ length: count }, (_, i) => `Chat ${i}`))
      return { path, addOne: () => createChat(person, { name: 'Added meanwhile' }, project) }
    },
  })
})

/**
 * Creates chats that share names and models, and updates some of them so that `updated_at` and ids sort differently.
 * @returns the path of the list
 */
async function projectWithMixedChats(person: TestUser) {
  const project = await createProject(person)
  const chats: { id: number }[] = []
  const fields = [
    ['b', 'x/1'], ['a', 'x/2'], ['b', 'X/1'], ['ä', 'x/1'], ['Z', 'x/2'], ['a', 'x/1'], ['b', 'x/1'],
  ]
  for (const [name, model] of fields) chats.push(await createChat(person, { name, model }, project))
  for (const i of [3, 0, 5]) await appendMessages(person, chats[i]!, 'Hello')
  return pathOf(person, project)
}

const compare = (a: string | number, b: string | number) =>
  typeof a === 'number' ? a - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(String(b)))

/** Reference implementation of `order_by`: breaks ties by id, in the direction of the last column. */
function sorted(chats: ChatConversation[], order: string): ChatConversation[] {
  const orders = order.split(',').map(part => part.split(':') as [keyof ChatConversation, string])
  const complete = [...orders, ['id', orders.at(-1)![1]] as const]
  return chats.toSorted((a, b) => {
    for (const [column, direction] of complete) {
      const difference = compare(a[column], b[column])
      if (difference !== 0) return direction === 'asc' ? difference : -difference
    }
    return 0
  })
}

describe('order_by of GET /api/users/[user_id]/projects/[project_id]/chats', () => {
  it('defaults to updated_at:desc, which puts the chat with the latest message first', async () => {
    const ada = await signedInUser()
    const { path, chats } = await projectWithChats(ada, 'old', 'middle', 'new')
    const oldest = chats[0]!
    expect(namesOf((await ada.get(path)).body)).toStrictEqual(['new', 'middle', 'old'])
    await appendMessages(ada, oldest, 'Hello again')
    const { body } = await ada.get(path)
    expect(namesOf(body)).toStrictEqual(['old', 'new', 'middle'])
    const first = body.chats[0]!
    expect(first.updated_at > oldest.updated_at).toBe(true)
    expect(first.created_at).toBe(oldest.created_at)
    expect((await ada.get(`${path}?order_by=updated_at:desc`)).body).toStrictEqual(body)
  })

  it.each([
    ...['id', 'name', 'model', 'created_at', 'updated_at'].flatMap(column => [`${column}:asc`, `${column}:desc`]),
    'name:asc,model:asc',
    'name:desc,model:desc',
    'name:asc,updated_at:desc',
    'model:desc,name:asc',
    'model:asc,name:desc,id:asc',
    'name:asc,id:desc',
    'id:desc,name:asc',
    'model:asc,name:asc,created_at:desc,updated_at:asc,id:desc',
  ])('sorts by %s, with and without paging', async (order_by) => {
    const ada = await signedInUser()
    const path = await projectWithMixedChats(ada)
    const { body: { chats } } = await ada.get(path)
    const expected = sorted(chats, order_by)
    expect(expected).toHaveLength(7)
    expect((await ada.get(`${path}?order_by=${order_by}`)).body).toStrictEqual({ chats: expected })
    const pages = await fetchPages(ada, path, 'chats', { order_by, limit: 2 })
    expect(pages.flat()).toStrictEqual(expected)
  })

  it('sorts text by code point', async () => {
    const ada = await signedInUser()
    const { path } = await projectWithChats(ada, 'ä', '😀', 'a', '\uFFFD', 'Z', '_', 'aa', 'A b', 'Ab')
    const expected = ['A b', 'Ab', 'Z', '_', 'a', 'aa', 'ä', '\uFFFD', '😀']
    expect(namesOf((await ada.get(`${path}?order_by=name:asc`)).body)).toStrictEqual(expected)
    expect(namesOf((await ada.get(`${path}?order_by=name:desc`)).body)).toStrictEqual(expected.toReversed())
  })

  it.each(['asc', 'desc'])('breaks ties by id in the direction of the last column: %s', async (direction) => {
    const ada = await signedInUser()
    const { path, chats } = await projectWithChats(ada, 'same', 'same', 'same')
    const expected = direction === 'asc' ? chats : chats.toReversed()
    expect((await ada.get(`${path}?order_by=model:asc,name:${direction}`)).body).toStrictEqual({ chats: expected })
    expect((await ada.get(`${path}?order_by=model:desc,name:${direction}`)).body).toStrictEqual({ chats: expected })
  })

  it('accepts percent-encoding', async () => {
    const ada = await signedInUser()
    const { path } = await projectWithChats(ada, 'b', 'a')
    expect(namesOf((await ada.get(`${path}?order_by=name%3Aasc%2Cid%3Adesc`)).body)).toStrictEqual(['a', 'b'])
  })

  it.each([
    ['color:asc', 'color'],
    ['neptun_user_id:asc', 'neptun_user_id'],
    ['project_id:asc', 'project_id'],
    ['constructor:asc', 'constructor'],
    ['NAME:asc', 'NAME'],
    ['name', 'name'],
    ['name:', 'name:'],
    ['name:up', 'name:up'],
    ['name:ASC', 'name:ASC'],
    ['name:asc:desc', 'name:asc:desc'],
    ['name:asc;id:asc', 'name:asc;id:asc'],
    ['name:asc,model:up', 'model:up'],
    ['name:asc,', '""'],
    ['', '""'],
    ['name:asc,name:desc', 'name'],
    ['id:asc,name:asc,id:asc', 'id'],
  ])('rejects %j and names the invalid part', async (order_by, named) => {
    const ada = await signedInUser()
    const path = pathOf(ada, await createProject(ada))
    const answer = await ada.get(`${path}?order_by=${encodeURIComponent(order_by)}`)
    expectInvalid(answer, 'Invalid query(order_by)', 'order_by')
    expect(answer.error.data.issues[0]!.message).toContain(named)
  })

  it('rejects a repeated parameter and malformed UTF-8', async () => {
    const ada = await signedInUser()
    const path = pathOf(ada, await createProject(ada))
    expectInvalid(await ada.get(`${path}?order_by=name:asc&order_by=name:asc`), 'Invalid query(order_by)', 'order_by')
    expectInvalid(await ada.get(`${path}?order_by=name:asc%FF`), 'Invalid query(order_by)', 'order_by')
  })

  it('is validated with the rest of the query, after the user and before the project', async () => {
    const [ada, eve] = await Promise.all([signedInUser(), signedInUser()])
    const path = pathOf(ada, { id: missingId })
    expectInvalid(await ada.get(`${path}?order_by=x&limit=0`), 'Invalid query(order_by, limit)', 'order_by', 'limit')
    expectError(await ada.get(`${path}?order_by=name:asc`), 404, 'Project not found')
    expectError(await eve.get(`${path}?order_by=x`), 404, 'User not found')
  })
})
