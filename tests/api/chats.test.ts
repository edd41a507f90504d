import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chats } from '#db/schema/chats'
import { aTime, blamed, expectError, expectInvalid, expectJson, invalidBody } from '../support/expect.ts'
import { follow } from '../support/raw.ts'
import { counts, rowsOf, stillThere, without } from '../support/rows.ts'
import { missingId, walk } from '../support/rules.ts'
import { lookInside } from '../support/sql.ts'
import { chatOf, furnish, looseChatOf, messagesIn, openShare, projectOf, signedInUser, type Person } from '../support/world.ts'

const db = lookInside()

interface Chat {
  id: number
  name: string
}

const pathOf = (person: { id: number }, query = '') => `/api/users/${person.id}/chats${query}`
const pathTo = (person: { id: number }, chat: { id: number }) => `${pathOf(person)}/${chat.id}`
const list = async (person: Person, query = ''): Promise<Chat[]> => (await person.get(pathOf(person, query))).body.chats
const namesOf = (rows: { name: string }[]) => rows.map(({ name }) => name)
const change = (person: Person, chat: { id: number }, changes: unknown) => person.send('PATCH', pathTo(person, chat), changes)
const remove = (person: Person, chat: { id: number }) => person.send('DELETE', pathTo(person, chat))

/** Somebody with chats in two projects and in none. */
async function somebody() {
  const person = await signedInUser()
  const [here, there] = [await projectOf(person), await projectOf(person)]
  const chats = {
    here: await chatOf(person, { name: 'here' }, here),
    there: await chatOf(person, { name: 'there' }, there),
    nowhere: await looseChatOf(person, { name: 'nowhere' }),
  }
  return { person, here, there, chats }
}

describe('the chats of a user', () => {
  it('are those of all projects and of none, as they were answered when they were made, and nobody else\'s', async () => {
    const [{ person, chats }] = [await somebody(), await somebody()]
    expectJson(await person.get(pathOf(person, '?order_by=id:asc')), 200, { chats: [chats.here, chats.there, chats.nowhere] })
  })

  it('are an empty list at first', async () => {
    const ada = await signedInUser()
    expectJson(await ada.get(pathOf(ada)), 200, { chats: [] })
    expectJson(await ada.get(pathOf(ada, '?limit=1')), 200, { chats: [], next_cursor: null })
  })

  it('are listed with the latest talk first', async () => {
    const { person, chats: { here } } = await somebody()
    await db.update(chats).set({ updated_at: new Date('2020-02-02') }).where(eq(chats.neptun_user_id, person.id))
    expect(namesOf(await list(person))).toStrictEqual(['nowhere', 'there', 'here'])
    await messagesIn(person, here, 'Hello')
    expect(namesOf(await list(person))).toStrictEqual(['here', 'nowhere', 'there'])
  })

  it.each([
    ['id:desc', ['nowhere', 'there', 'here']],
    ['name:asc', ['here', 'nowhere', 'there']],
    ['name:desc', ['there', 'nowhere', 'here']],
    ['created_at:asc', ['here', 'there', 'nowhere']],
    ['model:asc', ['here', 'there', 'nowhere']],
    ['model:asc,name:desc', ['there', 'nowhere', 'here']],
  ])('are sorted by %s, in one list as in pages', async (order, names) => {
    const { person } = await somebody()
    expect(namesOf(await list(person, `?order_by=${order}`))).toStrictEqual(names)
    const pages = await walk(person, pathOf(person), 'chats', { limit: 2, order_by: order })
    expect(pages.map(namesOf)).toStrictEqual([names.slice(0, 2), names.slice(2)])
  })

  it.each(['', 'project_id:asc', 'name', 'name:up', 'id:asc,id:desc', 'name:asc,'])('are not sorted by %j', async (order) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(pathOf(ada, `?order_by=${order}`)), 'Invalid query(order_by)', 'order_by')
  })

  it.each(['0', '101', 'x', ''])('are not listed in pages of %j', async (limit) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(pathOf(ada, `?limit=${limit}`)), 'Invalid query(limit)', 'limit')
  })
})

describe('the chats of a user, filtered by project', () => {
  it('are those of that project', async () => {
    const { person, here, there, chats } = await somebody()
    expectJson(await person.get(pathOf(person, `?project_id=${here.id}`)), 200, { chats: [chats.here] })
    expectJson(await person.get(pathOf(person, `?project_id=${there.id}`)), 200, { chats: [chats.there] })
  })

  it('are those of no project for none', async () => {
    const { person, chats } = await somebody()
    expectJson(await person.get(pathOf(person, '?project_id=none')), 200, { chats: [chats.nowhere] })
  })

  it('are none for a project of somebody else, as for one that is not there', async () => {
    const [{ person }, other] = [await somebody(), await somebody()]
    const [theirs, nobodys] = [await list(person, `?project_id=${other.here.id}`), await list(person, '?project_id=999999999999')]
    expect([theirs, nobodys]).toStrictEqual([[], []])
  })

  it.each(['0', 'x', '-1', '', '1.5', '01', '1e3', '%201', '1,2', 'None', 'null', '99999999999999999999'])('are refused for %j', async (project) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(pathOf(ada, `?project_id=${project}`)), 'Invalid query(project_id)', 'project_id')
  })

  it('are refused for two projects at once', async () => {
    const { person, here, there } = await somebody()
    const answer = await person.get(pathOf(person, `?project_id=${here.id}&project_id=${there.id}`))
    expectInvalid(answer, 'Invalid query(project_id)', 'project_id')
  })

  it('are walked in pages that keep to the filter', async () => {
    const { person, here } = await somebody()
    for (const name of ['b', 'c']) await chatOf(person, { name }, here)
    for (const name of ['x', 'y']) await looseChatOf(person, { name })
    const pagesOf = async (project_id: string | number) =>
      (await walk(person, pathOf(person), 'chats', { limit: 2, order_by: 'id:asc', project_id })).map(namesOf)
    expect(await pagesOf(here.id)).toStrictEqual([['here', 'b'], ['c']])
    expect(await pagesOf('none')).toStrictEqual([['nowhere', 'x'], ['y']])
  })

  it('go on from no cursor of another filter', async () => {
    const { person, here, there } = await somebody()
    await chatOf(person, {}, here)
    const { next_cursor: cursor } = (await person.get(pathOf(person, `?limit=1&project_id=${here.id}`))).body
    expect((await list(person, `?limit=1&project_id=${here.id}&cursor=${cursor}`))).toHaveLength(1)
    for (const filter of ['', '&project_id=none', `&project_id=${there.id}`])
      expectInvalid(await person.get(pathOf(person, `?limit=1&cursor=${cursor}${filter}`)), 'Invalid query(cursor)', 'cursor')
  })
})

describe('a chat without a project', () => {
  it('is answered with 201 and all its fields, and no other', async () => {
    const ada = await signedInUser()
    const chat = { id: expect.any(Number), neptun_user_id: ada.id, model: 'openai/gpt-4o', name: 'Loose talk', created_at: aTime, updated_at: aTime }
    expectJson(await ada.post(pathOf(ada), { model: 'openai/gpt-4o', name: ' Loose talk\n' }), 201, { chat })
  })

  it('is in no project, whatever its body says', async () => {
    const ada = await signedInUser()
    const { id: project_id } = await projectOf(ada)
    const { body } = await ada.post(pathOf(ada), { model: 'openai/gpt-4o', name: 'Loose talk', project_id })
    expect(await list(ada, '?project_id=none')).toStrictEqual([body.chat])
    expect(await list(ada, `?project_id=${project_id}`)).toStrictEqual([])
  })

  it.each([
    ['no field', {}, ['model', 'name']],
    ['no publisher', { model: 'gpt-4o', name: 'Loose talk' }, ['model']],
    ['an empty name', { model: 'openai/gpt-4o', name: ' ' }, ['name']],
    ['a name of 256 characters', { model: 'openai/gpt-4o', name: 'a'.repeat(256) }, ['name']],
  ])('is refused with %s', async (_, body, fields) => {
    const ada = await signedInUser()
    expectInvalid(await ada.post(pathOf(ada), body), 'Invalid body(model, name)', ...fields)
    expect(await list(ada)).toStrictEqual([])
  })
})

describe('a chat', () => {
  it('is read as it was answered when it was made, in a project or not', async () => {
    const { person, chats } = await somebody()
    for (const chat of Object.values(chats)) expectJson(await person.get(pathTo(person, chat)), 200, { chat })
  })

  it('gets another name, and keeps its model, its project and the time of its creation', async () => {
    const { person, here, chats: { here: chat } } = await somebody()
    const longAgo = new Date('2020-02-02T02:02:02.222Z')
    await db.update(chats).set({ created_at: longAgo, updated_at: longAgo }).where(eq(chats.id, chat.id))
    const answer = await change(person, chat, { name: ' Renamed\n', model: 'openai/gpt-4o', neptun_user_id: 1 })
    expectJson(answer, 200, { chat: { ...chat, name: 'Renamed', created_at: longAgo.toISOString(), updated_at: aTime } })
    expect(new Date(answer.body.chat.updated_at).getTime()).toBeGreaterThan(longAgo.getTime())
    expect(await list(person, `?project_id=${here.id}`)).toStrictEqual([answer.body.chat])
  })

  it('moves to another project, out of every project, and into one again', async () => {
    const { person, here, there, chats: { here: chat } } = await somebody()
    const whereabouts = async () => {
      const lists = await Promise.all([here.id, there.id, 'none'].map(project => list(person, `?project_id=${project}&order_by=id:asc`)))
      return lists.map(namesOf)
    }
    const move = async (project_id: number | null) =>
      expectJson(await change(person, chat, { project_id }), 200, { chat: { ...chat, updated_at: aTime } })
    await move(there.id)
    expect(await whereabouts()).toStrictEqual([[], ['here', 'there'], ['nowhere']])
    await move(null)
    expect(await whereabouts()).toStrictEqual([[], ['there'], ['here', 'nowhere']])
    await move(here.id)
    expect(await whereabouts()).toStrictEqual([['here'], ['there'], ['nowhere']])
  })

  it('takes its messages, files and share along when it moves', async () => {
    const { person, there, chats: { here: chat } } = await somebody()
    const { share } = await furnish(person, chat)
    const before = await rowsOf(db, person)
    expect((await change(person, chat, { project_id: there.id })).status).toBe(200)
    expect(await rowsOf(db, person)).toStrictEqual(before)
    expect((await person.get(`/api/shared/chats/${share.uuid}`)).status).toBe(200)
  })

  it('does not move to the project of somebody else, which is told from none in not a single byte', async () => {
    const [{ person, here, chats: { here: chat } }, eve] = [await somebody(), await somebody()]
    const theirs = await change(person, chat, { name: 'Mine now', project_id: eve.here.id })
    const nobodys = await change(person, chat, { name: 'Mine now', project_id: missingId })
    expectError(theirs, 404, 'Project not found')
    expect(nobodys.text).toBe(theirs.text)
    expect(await list(person, `?project_id=${here.id}`)).toStrictEqual([chat])
    expect(await list(eve.person, `?project_id=${eve.here.id}`)).toStrictEqual([eve.chats.here])
  })

  it.each<[string, object, string | undefined]>([
    ['nothing', {}, undefined],
    ['nothing that may be changed', { model: 'openai/gpt-4o', id: 7 }, undefined],
    ['an empty name', { name: ' ' }, 'name'],
    ['a name that is null', { name: null }, 'name'],
    ['a project that is 0', { project_id: 0 }, 'project_id'],
    ['a project that is negative', { project_id: -1 }, 'project_id'],
    ['a project that is a fraction', { project_id: 1.5 }, 'project_id'],
    ['a project beyond all ids', { project_id: 2 ** 53 }, 'project_id'],
    ['a project that is a text', { project_id: '1' }, 'project_id'],
    ['a project that is none', { project_id: 'none' }, 'project_id'],
    ['a project that is a list', { project_id: [1] }, 'project_id'],
    ['a good name and a bad project', { name: 'Renamed', project_id: true }, 'project_id'],
  ])('is not changed by a body that has %s', async (_, changes, field) => {
    const { person, chats: { here: chat } } = await somebody()
    const answer = await change(person, chat, changes)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(name, project_id)'))
    expect(blamed(answer)).toStrictEqual([field])
    expectJson(await person.get(pathTo(person, chat)), 200, { chat })
  })

  it('is deleted with its messages, files and share, and nothing else', async () => {
    const { person, chats } = await somebody()
    await furnish(person, chats.nowhere)
    const others = await rowsOf(db, person)
    const chat = await looseChatOf(person)
    const { file, share } = await furnish(person, chat)
    const own = without(await rowsOf(db, person), others)
    expect(counts(own)).toStrictEqual({
      users: 0, sessions: 0, projects: 0, chats: 1, messages: 2, files: 1, file_contents: 1, shares: 1, whitelist_entries: 1,
    })
    expectJson(await remove(person, chat), 200, true)
    expect(Object.values(await stillThere(db, own)).flat()).toStrictEqual([])
    expect(await rowsOf(db, person)).toStrictEqual(others)
    expect([(await openShare(share.uuid)).status, (await follow(file.url)).status]).toStrictEqual([404, 404])
    expectError(await remove(person, chat), 404, 'Chat not found')
  })
})
