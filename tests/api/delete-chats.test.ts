import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { blamed, expectError, expectJson, invalidBody } from '../support/expect.ts'
import { rowsOf } from '../support/rows.ts'
import { missingId } from '../support/rules.ts'
import { lookInside } from '../support/sql.ts'
import { chatOf, furnish, looseChatOf, projectOf, signedInUser, type Person } from '../support/world.ts'

const db = lookInside()

interface Thing {
  id: number
}

const pathToProject = (person: Thing, project: Thing) => `/api/users/${person.id}/projects/${project.id}/chats`
const idsOf = (things: Thing[]) => things.map(({ id }) => id)

/** The ids of all chats that somebody has. */
const chatsLeft = async (person: Person): Promise<number[]> =>
  idsOf((await person.get(`/api/users/${person.id}/chats?order_by=id:asc`)).body.chats)

/** Puts many chats into a project at once. */
async function manyChats(person: Person, project: Thing, count: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`insert into chats (neptun_user_id, project_id, model, name)
    select ${person.id}::bigint, ${project.id}::bigint, 'openai/gpt-4o', 'Chat ' || i from generate_series(1, ${count}::int) i returning id`)
  return rows.map(({ id }) => Number(id))
}

describe.each([
  ['of a user', (person: Thing, _: Thing) => `/api/users/${person.id}/chats`],
  ['of a project', pathToProject],
])('deleting some chats %s', (_, pathOf) => {
  /** Somebody with a project of three chats. */
  async function somebody() {
    const person = await signedInUser()
    const project: Thing = await projectOf(person)
    const chats: [number, number, number] = [
      (await chatOf(person, {}, project)).id, (await chatOf(person, {}, project)).id, (await chatOf(person, {}, project)).id,
    ]
    const remove = (chat_ids: unknown) => person.send('DELETE', pathOf(person, project), { chat_ids })
    return { person, project, chats, remove }
  }

  it('is answered with true, and leaves the others', async () => {
    const { person, chats: [a, b, c], remove } = await somebody()
    expectJson(await remove([c, a]), 200, true)
    expect(await chatsLeft(person)).toStrictEqual([b])
  })

  it('takes their messages, files and shares with them, and nothing else', async () => {
    const { person, chats: [a, b, c], remove } = await somebody()
    await furnish(person, { id: c })
    const others = await rowsOf(db, person)
    for (const id of [a, b]) await furnish(person, { id })
    expectJson(await remove([a, b]), 200, true)
    expect(await rowsOf(db, person)).toStrictEqual({ ...others, chats: [c] })
  })

  it('deletes none if one of them is not there', async () => {
    const { person, chats, remove } = await somebody()
    expectError(await remove([...chats, missingId]), 404, 'Chat not found')
    expect(await chatsLeft(person)).toStrictEqual(chats)
  })

  it('deletes none if one of them is somebody else\'s', async () => {
    const [{ person, chats, remove }, eve] = [await somebody(), await somebody()]
    expectError(await remove([eve.chats[0], ...chats]), 404, 'Chat not found')
    expect(await chatsLeft(person)).toStrictEqual(chats)
    expect(await chatsLeft(eve.person)).toStrictEqual(eve.chats)
  })

  it('deletes none if one of them has been deleted before', async () => {
    const { person, chats: [a, b, c], remove } = await somebody()
    expectJson(await remove([b]), 200, true)
    expectError(await remove([a, b, c]), 404, 'Chat not found')
    expect(await chatsLeft(person)).toStrictEqual([a, c])
  })

  it('happens for exactly one of two at the same time that name the same chat', async () => {
    const { person, chats: [a, b, c], remove } = await somebody()
    const [first, second] = await Promise.all([remove([a, b]), remove([b, c])])
    expect([first.status, second.status].sort()).toStrictEqual([200, 404])
    expect(await chatsLeft(person)).toStrictEqual([first.status === 200 ? c : a])
  })

  it('counts doubles once', async () => {
    const { person, chats: [a, b, c], remove } = await somebody()
    expectJson(await remove([a, b, a, a, b]), 200, true)
    expect(await chatsLeft(person)).toStrictEqual([c])
  })

  it('takes 1,000 of them, not counting doubles', async () => {
    const { person, project, chats, remove } = await somebody()
    const many = await manyChats(person, project, 1000)
    expectJson(await remove([...many, ...many.slice(0, 10)]), 200, true)
    expect(await chatsLeft(person)).toStrictEqual(chats)
  })

  it('takes no more than 1,000', async () => {
    const { person, project, chats, remove } = await somebody()
    const many = await manyChats(person, project, 1001)
    const answer = await remove(many)
    expect([answer.status, answer.body.message]).toStrictEqual([400, 'Invalid body(chat_ids)'])
    expect(await chatsLeft(person)).toStrictEqual([...chats, ...many])
  })

  it.each([
    undefined, null, [], {}, 7, '7', true,
    ['7'], [0], [-1], [1.5], [null], [true], [[7]], [{ id: 7 }], [2 ** 53], [7, 'x'],
  ].map(chat_ids => ({ chat_ids })))('is refused for $chat_ids', async ({ chat_ids }) => {
    const { person, chats, remove } = await somebody()
    // What is no id spoils those that are.
    const answer = await remove(Array.isArray(chat_ids) && chat_ids.length > 0 ? [...chats, ...chat_ids as unknown[]] : chat_ids)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(chat_ids)'))
    expect(blamed(answer)).toStrictEqual(['chat_ids'])
    expect(await chatsLeft(person)).toStrictEqual(chats)
  })

  it('is refused without a body, and for one that is a list', async () => {
    const { person, project, chats } = await somebody()
    for (const body of [undefined, chats]) {
      const answer = await person.send('DELETE', pathOf(person, project), body)
      expect(answer.status).toBe(400)
      expect(answer.body).toStrictEqual(invalidBody('Invalid body(chat_ids)'))
    }
    expect(await chatsLeft(person)).toStrictEqual(chats)
  })
})

describe('the chats of all projects and of none', () => {
  it('can be deleted together', async () => {
    const ada = await signedInUser()
    const chats = [await chatOf(ada), await chatOf(ada), await looseChatOf(ada)]
    expectJson(await ada.send('DELETE', `/api/users/${ada.id}/chats`, { chat_ids: idsOf(chats) }), 200, true)
    expect(await chatsLeft(ada)).toStrictEqual([])
  })
})

describe('a project', () => {
  /** Somebody with one chat in a project, one in another project, and one in none. */
  async function somebody() {
    const person = await signedInUser()
    const project = await projectOf(person)
    const [here, there, nowhere] = [await chatOf(person, {}, project), await chatOf(person), await looseChatOf(person)]
    return { person, project, here, there, nowhere, path: pathToProject(person, project) }
  }

  it('has none of its chats deleted together with those outside of it', async () => {
    const { person, here, there, nowhere, path } = await somebody()
    for (const { id } of [there, nowhere])
      expectError(await person.send('DELETE', path, { chat_ids: [here.id, id] }), 404, 'Chat not found')
    expect(await chatsLeft(person)).toStrictEqual(idsOf([here, there, nowhere]))
  })

  it('that is not there has no chats to delete', async () => {
    const { person, here, there, nowhere } = await somebody()
    const path = pathToProject(person, { id: missingId })
    expectError(await person.send('DELETE', path, { chat_ids: [here.id] }), 404, 'Project not found')
    expectError(await person.send('DELETE', `${path}/${here.id}`), 404, 'Project not found')
    expect(await chatsLeft(person)).toStrictEqual(idsOf([here, there, nowhere]))
  })

  it('has a chat deleted by its id, with all that belongs to it', async () => {
    const { person, project, here, there, nowhere, path } = await somebody()
    const before = await rowsOf(db, person)
    await furnish(person, here)
    expectJson(await person.send('DELETE', `${path}/${here.id}`), 200, true)
    expect(await rowsOf(db, person)).toStrictEqual({ ...before, chats: idsOf([there, nowhere]) })
    expectError(await person.send('DELETE', `${path}/${here.id}`), 404, 'Chat not found')
    expect((await person.get(`/api/users/${person.id}/projects/${project.id}`)).status).toBe(200)
  })

  it('has no chat deleted that is in another project or in none', async () => {
    const { person, here, there, nowhere, path } = await somebody()
    for (const { id } of [there, nowhere]) expectError(await person.send('DELETE', `${path}/${id}`), 404, 'Chat not found')
    expect(await chatsLeft(person)).toStrictEqual(idsOf([here, there, nowhere]))
  })
})
