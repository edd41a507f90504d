import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { expectError, expectJson, issueFields, validationErrorBody } from '../../support/expect.ts'
import { missingId } from '../../support/factories.ts'
import {
  addMessagesAndShare, createChat, createChatWithoutProject, createProject, openShare, signedInUser, type TestUser,
} from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { remainingRows, rowCounts, rowsOf, withoutRows } from '../../support/rows.ts'
import { useDatabase } from '../../support/use-database.ts'
import { userWithChats } from './fixtures.ts'

const db = useDatabase()

interface Row {
  id: number
}

const userChats = (person: Row) => `/api/users/${person.id}/chats` as const
const projectChats = (person: Row, project: Row) =>
  `/api/users/${person.id}/projects/${project.id}/chats` as const
const idsOf = (rows: Row[]) => rows.map(({ id }) => id)

/** The ids of all chats of a user, in ascending order. */
const remainingChats = async (person: TestUser) =>
  idsOf((await person.get(`${userChats(person)}?order_by=id:asc`)).body.chats)

/** Inserts many chats into a project with one statement. */
async function insertChats(person: TestUser, project: Row, count: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    insert into chats (neptun_user_id, project_id, model, name)
    select ${person.id}::bigint, ${project.id}::bigint, 'openai/gpt-4o', 'Chat ' || i
    from generate_series(1, ${count}::int) i returning id`)
  return rows.map(({ id }) => Number(id))
}

describe('DELETE /api/users/[user_id]/chats/[chat_id]', () => {
  it('deletes the chat with its messages, files, and share, and no other rows', async () => {
    const { person, chats } = await userWithChats()
    await addMessagesAndShare(person, chats.nowhere)
    const otherRows = await rowsOf(db, person)
    const chat = await createChatWithoutProject(person)
    const { file, share } = await addMessagesAndShare(person, chat)
    const chatRows = withoutRows(await rowsOf(db, person), otherRows)
    expect(rowCounts(chatRows)).toStrictEqual({
      users: 0,
      directory: 1,
      sessions: 0,
      projects: 0,
      chats: 1,
      messages: 2,
      files: 1,
      file_contents: 1,
      shares: 1,
      whitelist_entries: 1,
    })
    const path = `${userChats(person)}/${chat.id}`
    expectJson(await person.send('DELETE', path), 200, true)
    expect(Object.values(await remainingRows(db, chatRows)).flat()).toStrictEqual([])
    expect(await rowsOf(db, person)).toStrictEqual(otherRows)
    expect([(await openShare(share.uuid)).status, (await follow(file.url)).status]).toStrictEqual([404, 404])
    expectError(await person.send('DELETE', path), 404, 'Chat not found')
  })
})

describe.each([
  ['DELETE /api/users/[user_id]/chats', (person: Row, _: Row) => userChats(person)],
  ['DELETE /api/users/[user_id]/projects/[project_id]/chats', projectChats],
])('%s', (_, pathOf) => {
  /** Signs up a user with three chats in one project. */
  async function userWithThreeChats() {
    const person = await signedInUser()
    const project: Row = await createProject(person)
    const addChat = async (): Promise<number> => (await createChat(person, {}, project)).id
    const chats: [number, number, number] = [await addChat(), await addChat(), await addChat()]
    const deleteChats = (chat_ids: unknown) => person.send('DELETE', pathOf(person, project), { chat_ids })
    return { person, project, chats, deleteChats }
  }

  it('returns true and keeps the other chats', async () => {
    const { person, chats: [a, b, c], deleteChats } = await userWithThreeChats()
    expectJson(await deleteChats([c, a]), 200, true)
    expect(await remainingChats(person)).toStrictEqual([b])
  })

  it('deletes the messages, files, and shares of the chats, and no other rows', async () => {
    const { person, chats: [a, b, c], deleteChats } = await userWithThreeChats()
    await addMessagesAndShare(person, { id: c })
    const otherRows = await rowsOf(db, person)
    for (const id of [a, b]) await addMessagesAndShare(person, { id })
    expectJson(await deleteChats([a, b]), 200, true)
    expect(await rowsOf(db, person)).toStrictEqual({ ...otherRows, chats: [c] })
  })

  it('deletes nothing if one chat does not exist', async () => {
    const { person, chats, deleteChats } = await userWithThreeChats()
    expectError(await deleteChats([...chats, missingId]), 404, 'Chat not found')
    expect(await remainingChats(person)).toStrictEqual(chats)
  })

  it('deletes nothing if one chat belongs to another user', async () => {
    const [{ person, chats, deleteChats }, eve] = [await userWithThreeChats(), await userWithThreeChats()]
    expectError(await deleteChats([eve.chats[0], ...chats]), 404, 'Chat not found')
    expect(await remainingChats(person)).toStrictEqual(chats)
    expect(await remainingChats(eve.person)).toStrictEqual(eve.chats)
  })

  it('deletes nothing if one chat is already deleted', async () => {
    const { person, chats: [a, b, c], deleteChats } = await userWithThreeChats()
    expectJson(await deleteChats([b]), 200, true)
    expectError(await deleteChats([a, b, c]), 404, 'Chat not found')
    expect(await remainingChats(person)).toStrictEqual([a, c])
  })

  it('succeeds for exactly one of two concurrent requests that share a chat', async () => {
    const { person, chats: [a, b, c], deleteChats } = await userWithThreeChats()
    const [first, second] = await Promise.all([deleteChats([a, b]), deleteChats([b, c])])
    expect([first.status, second.status].sort()).toStrictEqual([200, 404])
    expect(await remainingChats(person)).toStrictEqual([first.status === 200 ? c : a])
  })

  it('ignores duplicate ids', async () => {
    const { person, chats: [a, b, c], deleteChats } = await userWithThreeChats()
    expectJson(await deleteChats([a, b, a, a, b]), 200, true)
    expect(await remainingChats(person)).toStrictEqual([c])
  })

  it('accepts 1,000 ids, not counting duplicates', async () => {
    const { person, project, chats, deleteChats } = await userWithThreeChats()
    const many = await insertChats(person, project, 1000)
    expectJson(await deleteChats([...many, ...many.slice(0, 10)]), 200, true)
    expect(await remainingChats(person)).toStrictEqual(chats)
  })

  it('rejects more than 1,000 ids', async () => {
    const { person, project, chats, deleteChats } = await userWithThreeChats()
    const many = await insertChats(person, project, 1001)
    const answer = await deleteChats(many)
    expect([answer.status, answer.error.message]).toStrictEqual([400, 'Invalid body(chat_ids)'])
    expect(await remainingChats(person)).toStrictEqual([...chats, ...many])
  })

  it.each([
    undefined, null, [], {}, 7, '7', true,
    ['7'], [0], [-1], [1.5], [null], [true], [[7]], [{ id: 7 }], [2 ** 53], [7, 'x'],
  ].map(chat_ids => [chat_ids]))('rejects %j as chat_ids', async (chat_ids) => {
    const { person, chats, deleteChats } = await userWithThreeChats()
    // A malformed id invalidates the whole list, even next to valid ids.
    const isNonEmptyList = Array.isArray(chat_ids) && chat_ids.length > 0
    const answer = await deleteChats(isNonEmptyList ? [...chats, ...chat_ids as unknown[]] : chat_ids)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(chat_ids)'))
    expect(issueFields(answer)).toStrictEqual(['chat_ids'])
    expect(await remainingChats(person)).toStrictEqual(chats)
  })

  it('rejects a missing body and an array', async () => {
    const { person, project, chats } = await userWithThreeChats()
    for (const body of [undefined, chats]) {
      const answer = await person.send('DELETE', pathOf(person, project), body)
      expect(answer.status).toBe(400)
      expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(chat_ids)'))
    }
    expect(await remainingChats(person)).toStrictEqual(chats)
  })
})

describe('DELETE /api/users/[user_id]/chats across projects', () => {
  it('deletes chats inside and outside projects in one request', async () => {
    const ada = await signedInUser()
    const chats = [await createChat(ada), await createChat(ada), await createChatWithoutProject(ada)]
    expectJson(await ada.send('DELETE', userChats(ada), { chat_ids: idsOf(chats) }), 200, true)
    expect(await remainingChats(ada)).toStrictEqual([])
  })
})

describe('deleting chats of a project', () => {
  it('deletes nothing if one chat of the list is outside the project', async () => {
    const { person, projects, chats: { here, there, nowhere } } = await userWithChats()
    for (const { id } of [there, nowhere]) {
      const answer = await person.send('DELETE', projectChats(person, projects.here), { chat_ids: [here.id, id] })
      expectError(answer, 404, 'Chat not found')
    }
    expect(await remainingChats(person)).toStrictEqual(idsOf([here, there, nowhere]))
  })

  it('returns 404 for a missing project', async () => {
    const { person, chats: { here, there, nowhere } } = await userWithChats()
    const path = projectChats(person, { id: missingId })
    expectError(await person.send('DELETE', path, { chat_ids: [here.id] }), 404, 'Project not found')
    expectError(await person.send('DELETE', `${path}/${here.id}`), 404, 'Project not found')
    expect(await remainingChats(person)).toStrictEqual(idsOf([here, there, nowhere]))
  })

  it('deletes a single chat with its messages, files, and share', async () => {
    const { person, projects, chats: { here, there, nowhere } } = await userWithChats()
    const path = `${projectChats(person, projects.here)}/${here.id}`
    const before = await rowsOf(db, person)
    await addMessagesAndShare(person, here)
    expectJson(await person.send('DELETE', path), 200, true)
    expect(await rowsOf(db, person)).toStrictEqual({ ...before, chats: idsOf([there, nowhere]) })
    expectError(await person.send('DELETE', path), 404, 'Chat not found')
    expect((await person.get(`/api/users/${person.id}/projects/${projects.here.id}`)).status).toBe(200)
  })

  it('returns 404 for a single chat outside the project', async () => {
    const { person, projects, chats: { here, there, nowhere } } = await userWithChats()
    const path = projectChats(person, projects.here)
    for (const { id } of [there, nowhere])
      expectError(await person.send('DELETE', `${path}/${id}`), 404, 'Chat not found')
    expect(await remainingChats(person)).toStrictEqual(idsOf([here, there, nowhere]))
  })
})
