import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { projects } from '#db/schema/projects'
import { aTime, blamed, expectError, expectJson, invalidBody } from '../support/expect.ts'
import { counts, rowsOf, stillThere, without } from '../support/rows.ts'
import { lookInside } from '../support/sql.ts'
import { chatOf, furnish, looseChatOf, openShare, projectOf, signedInUser, type Person } from '../support/world.ts'

const db = lookInside()

const pathOf = (person: { id: number }, project: { id: number }) => `/api/users/${person.id}/projects/${project.id}`
const change = (person: Person, project: { id: number }, changes: unknown) => person.send('PATCH', pathOf(person, project), changes)
const remove = (person: Person, project: { id: number }) => person.send('DELETE', pathOf(person, project))

describe('a project', () => {
  it('is read as it was answered when it was made', async () => {
    const ada = await signedInUser()
    const project = await projectOf(ada, { description: 'The eighth planet' })
    expectJson(await ada.get(pathOf(ada, project)), 200, { project })
  })

  it('is not found where there is none', async () => {
    const ada = await signedInUser()
    const project = await projectOf(ada)
    await remove(ada, project)
    expectError(await ada.get(pathOf(ada, project)), 404, 'Project not found')
    expectError(await change(ada, project, { name: 'Pluto' }), 404, 'Project not found')
    expectError(await remove(ada, project), 404, 'Project not found')
  })
})

describe('a change of a project', () => {
  it.each([
    { name: 'Triton' },
    { description: 'A moon' },
    { description: '' },
    { description: null },
    { project_type: 'frontend' },
    { programming_language: 'rust' },
    { name: 'Triton', description: 'A moon', project_type: 'frontend', programming_language: 'rust' },
  ])('to %j changes that and nothing else', async (changes) => {
    const ada = await signedInUser()
    const [project, other] = [await projectOf(ada, { description: 'The eighth planet' }), await projectOf(ada)]
    const changed = { ...project, ...changes, updated_at: aTime }
    const answer = await change(ada, project, changes)
    expectJson(answer, 200, { project: changed })
    expectJson(await ada.get(pathOf(ada, project)), 200, answer.body)
    expectJson(await ada.get(pathOf(ada, other)), 200, { project: other })
  })

  it('is noted with its time, and leaves that of the creation as it is', async () => {
    const ada = await signedInUser()
    const { id } = await projectOf(ada)
    const longAgo = new Date('2020-02-02T02:02:02.222Z')
    await db.update(projects).set({ created_at: longAgo, updated_at: longAgo }).where(eq(projects.id, id))
    const { body } = await change(ada, { id }, { name: 'Triton' })
    expect(body.project.created_at).toBe(longAgo.toISOString())
    expect(new Date(body.project.updated_at).getTime()).toBeGreaterThan(longAgo.getTime())
  })

  it.each(['name', 'project_type', 'programming_language'])('trims the %s', async (field) => {
    const ada = await signedInUser()
    const { body } = await change(ada, await projectOf(ada), { [field]: ' \ta  b\n' })
    expect(body.project[field]).toBe('a  b')
  })

  it('keeps the white space of the description', async () => {
    const ada = await signedInUser()
    const { body } = await change(ada, await projectOf(ada), { description: ' two\n lines ' })
    expect(body.project.description).toBe(' two\n lines ')
  })

  it('takes no notice of fields that nobody may change', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const project = await projectOf(ada)
    const unchangeable = { id: project.id + 1, neptun_user_id: eve.id, created_at: '2001-01-01T00:00:00.000Z', updated_at: '2001-01-01T00:00:00.000Z' }
    const { body } = await change(ada, project, { name: 'Triton', ...unchangeable })
    expect(body.project).toStrictEqual({ ...project, name: 'Triton', updated_at: aTime })
    expect(body.project.updated_at).not.toContain('2001')
  })

  it.each([
    ['nothing', {}, undefined],
    ['nothing that is known', { color: 'blue', id: 7 }, undefined],
    ['a list', [{ name: 'Triton' }], undefined],
    ['null', null, undefined],
    ['a name that is empty', { name: ' \t' }, 'name'],
    ['a name that is null', { name: null }, 'name'],
    ['a name of 256 characters', { name: 'a'.repeat(256) }, 'name'],
    ['a name with a NUL', { name: 'a\0b' }, 'name'],
    ['a description of 10,001 characters', { description: 'a'.repeat(10_001) }, 'description'],
    ['a description that is a number', { description: 7 }, 'description'],
    ['a type that is a list', { project_type: ['backend'] }, 'project_type'],
    ['a language that is null', { programming_language: null }, 'programming_language'],
    ['a good name and an empty language', { name: 'Triton', programming_language: '' }, 'programming_language'],
  ])('is refused for a body that is or has %s', async (_, changes, field) => {
    const ada = await signedInUser()
    const project = await projectOf(ada)
    const answer = await change(ada, project, changes)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(name, description, project_type, programming_language)'))
    expect(blamed(answer)).toStrictEqual([field])
    expectJson(await ada.get(pathOf(ada, project)), 200, { project })
  })
})

describe('a project that is deleted', () => {
  it('is answered with true, and is in no list any more', async () => {
    const ada = await signedInUser()
    const [kept, project] = [await projectOf(ada), await projectOf(ada)]
    expectJson(await remove(ada, project), 200, true)
    expectJson(await ada.get(`/api/users/${ada.id}/projects`), 200, { projects: [kept] })
  })

  it('takes its chats with it, their messages, files and shares, and nothing else', async () => {
    const ada = await signedInUser()
    await furnish(ada, await chatOf(ada))
    await furnish(ada, await looseChatOf(ada))
    const others = await rowsOf(db, ada)
    const project = await projectOf(ada)
    const { share } = await furnish(ada, await chatOf(ada, {}, project))
    await chatOf(ada, {}, project)
    const own = without(await rowsOf(db, ada), others)
    expect(counts(own)).toStrictEqual({
      users: 0, sessions: 0, projects: 1, chats: 2, messages: 2, files: 1, file_contents: 1, shares: 1, whitelist_entries: 1,
    })
    expectJson(await remove(ada, project), 200, true)
    expect(Object.values(await stillThere(db, own)).flat()).toStrictEqual([])
    expect(await rowsOf(db, ada)).toStrictEqual(others)
    expect((await openShare(share.uuid)).status).toBe(404)
  })

  it('is deleted by exactly one of two at the same time', async () => {
    const ada = await signedInUser()
    const project = await projectOf(ada)
    await chatOf(ada, {}, project)
    const answers = await Promise.all([remove(ada, project), remove(ada, project)])
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 404])
  })
})
