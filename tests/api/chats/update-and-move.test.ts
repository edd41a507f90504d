import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chats as chatsTable } from '#db/schema/chats'
import { anyTimestamp, expectError, expectJson, issueFields, validationErrorBody } from '../../support/expect.ts'
import { addMessagesAndShare, missingId, type TestUser } from '../../support/factories.ts'
import { rowsOf } from '../../support/rows.ts'
import { useDatabase } from '../../support/use-database.ts'
import { userWithChats } from './fixtures.ts'

const db = useDatabase()

const pathOf = (person: { id: number }, chat: { id: number }) =>
  `/api/users/${person.id}/chats/${chat.id}` as const
const update = (person: TestUser, chat: { id: number }, changes: unknown) =>
  person.send('PATCH', pathOf(person, chat), changes)
const listIn = async (person: TestUser, projectId: number | 'none') =>
  (await person.get(`/api/users/${person.id}/chats?project_id=${projectId}&order_by=id:asc`)).body.chats

describe('GET /api/users/[user_id]/chats/[chat_id]', () => {
  it('returns the chat as created, inside or outside a project', async () => {
    const { person, chats } = await userWithChats()
    for (const chat of Object.values(chats)) expectJson(await person.get(pathOf(person, chat)), 200, { chat })
  })
})

describe('PATCH /api/users/[user_id]/chats/[chat_id]', () => {
  it('renames the chat and keeps its model, project, and creation time', async () => {
    const { person, projects, chats: { here: chat } } = await userWithChats()
    const longAgo = new Date('2020-02-02T02:02:02.222Z')
    await db.update(chatsTable).set({ created_at: longAgo, updated_at: longAgo }).where(eq(chatsTable.id, chat.id))
    const answer = await update(person, chat, { name: ' Renamed\n', model: 'openai/gpt-4o', neptun_user_id: 1 })
    const renamed = { ...chat, name: 'Renamed', created_at: longAgo.toISOString(), updated_at: anyTimestamp }
    expectJson(answer, 200, { chat: renamed })
    expect(new Date(answer.body.chat.updated_at).getTime()).toBeGreaterThan(longAgo.getTime())
    expect(await listIn(person, projects.here.id)).toStrictEqual([answer.body.chat])
  })

  it('moves the chat to another project, out of all projects, and back', async () => {
    const { person, projects: { here, there }, chats: { here: chat } } = await userWithChats()
    const namesByProject = async () => {
      const lists = await Promise.all(([here.id, there.id, 'none'] as const).map(id => listIn(person, id)))
      return lists.map(chats => chats.map(({ name }) => name))
    }
    const move = async (project_id: number | null) =>
      expectJson(await update(person, chat, { project_id }), 200, { chat: { ...chat, updated_at: anyTimestamp } })
    await move(there.id)
    expect(await namesByProject()).toStrictEqual([[], ['here', 'there'], ['nowhere']])
    await move(null)
    expect(await namesByProject()).toStrictEqual([[], ['there'], ['here', 'nowhere']])
    await move(here.id)
    expect(await namesByProject()).toStrictEqual([['here'], ['there'], ['nowhere']])
  })

  it('keeps the messages, files, and share of a moved chat', async () => {
    const { person, projects, chats: { here: chat } } = await userWithChats()
    const { share } = await addMessagesAndShare(person, chat)
    const before = await rowsOf(db, person)
    expect((await update(person, chat, { project_id: projects.there.id })).status).toBe(200)
    expect(await rowsOf(db, person)).toStrictEqual(before)
    expect((await person.get(`/api/shared/chats/${share.uuid}`)).status).toBe(200)
  })

  it('answers foreign and missing projects identically and changes nothing', async () => {
    const [{ person, projects, chats: { here: chat } }, eve] = [await userWithChats(), await userWithChats()]
    const foreign = await update(person, chat, { name: 'Mine now', project_id: eve.projects.here.id })
    const missing = await update(person, chat, { name: 'Mine now', project_id: missingId })
    expectError(foreign, 404, 'Project not found')
    expect(missing.text).toBe(foreign.text)
    expect(await listIn(person, projects.here.id)).toStrictEqual([chat])
    expect(await listIn(eve.person, eve.projects.here.id)).toStrictEqual([eve.chats.here])
  })

  it.each<[string, object, string | undefined]>([
    ['an empty object', {}, undefined],
    ['a body with only read-only fields', { model: 'openai/gpt-4o', id: 7 }, undefined],
    ['a blank name', { name: ' ' }, 'name'],
    ['null as the name', { name: null }, 'name'],
    ['0 as the project', { project_id: 0 }, 'project_id'],
    ['a negative project', { project_id: -1 }, 'project_id'],
    ['a fractional project', { project_id: 1.5 }, 'project_id'],
    ['a project above the largest id', { project_id: 2 ** 53 }, 'project_id'],
    ['a string as the project', { project_id: '1' }, 'project_id'],
    ['"none" as the project', { project_id: 'none' }, 'project_id'],
    ['an array as the project', { project_id: [1] }, 'project_id'],
    ['a valid name and a malformed project', { name: 'Renamed', project_id: true }, 'project_id'],
  ])('rejects %s', async (_, changes, field) => {
    const { person, chats: { here: chat } } = await userWithChats()
    const answer = await update(person, chat, changes)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(name, project_id)'))
    expect(issueFields(answer)).toStrictEqual([field])
    expectJson(await person.get(pathOf(person, chat)), 200, { chat })
  })
})
