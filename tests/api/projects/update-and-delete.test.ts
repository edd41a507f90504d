import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { projects } from '#db/schema/projects'
import { anyTimestamp, expectError, expectJson, issueFields, validationErrorBody } from '../../support/expect.ts'
import {
  addMessagesAndShare, createChat, createChatWithoutProject, createProject, openShare, signedInUser, type TestUser,
} from '../../support/factories.ts'
import { remainingRows, rowCounts, rowsOf, withoutRows } from '../../support/rows.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

interface Row {
  id: number
}

const pathOf = (person: Row, project: Row) => `/api/users/${person.id}/projects/${project.id}` as const
const update = (person: TestUser, project: Row, changes: unknown) =>
  person.send('PATCH', pathOf(person, project), changes)
const deleteProject = (person: TestUser, project: Row) => person.send('DELETE', pathOf(person, project))

describe('/api/users/[user_id]/projects/[project_id]', () => {
  it('returns the project as created', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada, { description: 'The eighth planet' })
    expectJson(await ada.get(pathOf(ada, project)), 200, { project })
  })

  it('returns 404 for a deleted project', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    await deleteProject(ada, project)
    expectError(await ada.get(pathOf(ada, project)), 404, 'Project not found')
    expectError(await update(ada, project, { name: 'Pluto' }), 404, 'Project not found')
    expectError(await deleteProject(ada, project), 404, 'Project not found')
  })
})

describe('PATCH /api/users/[user_id]/projects/[project_id]', () => {
  it.each([
    { name: 'Triton' },
    { description: 'A moon' },
    { description: '' },
    { description: null },
    { project_type: 'frontend' },
    { programming_language: 'rust' },
    { name: 'Triton', description: 'A moon', project_type: 'frontend', programming_language: 'rust' },
  ])('changes only the given fields: %j', async (changes) => {
    const ada = await signedInUser()
    const [project, other] = [await createProject(ada, { description: 'The eighth planet' }), await createProject(ada)]
    const changed = { ...project, ...changes, updated_at: anyTimestamp }
    const updated = { ...changed, type: changed.project_type, main_language: changed.programming_language }
    const answer = await update(ada, project, changes)
    expectJson(answer, 200, { project: updated })
    expectJson(await ada.get(pathOf(ada, project)), 200, answer.body)
    expectJson(await ada.get(pathOf(ada, other)), 200, { project: other })
  })

  it.each([
    { type: 'frontend' },
    { main_language: 'rust' },
    { name: 'Triton', description: 'A moon', type: 'frontend', main_language: 'rust' },
  ])('takes the names of old clients: %j', async (changes) => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    const answer = await update(ada, project, changes)
    const changed = { ...project, ...changes, updated_at: anyTimestamp }
    const updated = { ...changed, project_type: changed.type, programming_language: changed.main_language }
    expectJson(answer, 200, { project: updated })
    expectJson(await ada.get(pathOf(ada, project)), 200, answer.body)
  })

  it('sets updated_at and keeps created_at', async () => {
    const ada = await signedInUser()
    const { id } = await createProject(ada)
    const longAgo = new Date('2020-02-02T02:02:02.222Z')
    await db.update(projects).set({ created_at: longAgo, updated_at: longAgo }).where(eq(projects.id, id))
    const { body } = await update(ada, { id }, { name: 'Triton' })
    expect(body.project.created_at).toBe(longAgo.toISOString())
    expect(new Date(body.project.updated_at).getTime()).toBeGreaterThan(longAgo.getTime())
  })

  it.each(['name', 'project_type', 'programming_language'] as const)('trims %s', async (field) => {
    const ada = await signedInUser()
    const { body } = await update(ada, await createProject(ada), { [field]: ' \ta  b\n' })
    expect(body.project[field]).toBe('a  b')
  })

  it('keeps the white space of the description', async () => {
    const ada = await signedInUser()
    const { body } = await update(ada, await createProject(ada), { description: ' two\n lines ' })
    expect(body.project.description).toBe(' two\n lines ')
  })

  it('ignores read-only fields', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const project = await createProject(ada)
    const longAgo = '2001-01-01T00:00:00.000Z'
    const readOnly = { id: project.id + 1, neptun_user_id: eve.id, created_at: longAgo, updated_at: longAgo }
    const { body } = await update(ada, project, { name: 'Triton', ...readOnly })
    expect(body.project).toStrictEqual({ ...project, name: 'Triton', updated_at: anyTimestamp })
    expect(body.project.updated_at).not.toContain('2001')
  })

  it.each([
    ['an empty object', {}, undefined],
    ['a body with only unknown fields', { color: 'blue', id: 7 }, undefined],
    ['an array', [{ name: 'Triton' }], undefined],
    ['null', null, undefined],
    ['a blank name', { name: ' \t' }, 'name'],
    ['null as the name', { name: null }, 'name'],
    ['a name of 256 characters', { name: 'a'.repeat(256) }, 'name'],
    ['a name with a NUL', { name: 'a\0b' }, 'name'],
    ['a description of 10,001 characters', { description: 'a'.repeat(10_001) }, 'description'],
    ['a numeric description', { description: 7 }, 'description'],
    ['an array as the type', { project_type: ['backend'] }, 'project_type'],
    ['types that differ', { project_type: 'a', type: 'b' }, 'project_type'],
    ['a numeric type of old clients', { type: 7 }, 'type'],
    ['null as the language', { programming_language: null }, 'programming_language'],
    ['a valid name and an empty language', { name: 'Triton', programming_language: '' }, 'programming_language'],
  ])('rejects %s', async (_, changes, field) => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    const answer = await update(ada, project, changes)
    const message = 'Invalid body(name, description, project_type, type, programming_language, main_language)'
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody(message))
    expect(issueFields(answer)).toStrictEqual([field])
    expectJson(await ada.get(pathOf(ada, project)), 200, { project })
  })
})

describe('DELETE /api/users/[user_id]/projects/[project_id]', () => {
  it('returns true and removes the project from the list', async () => {
    const ada = await signedInUser()
    const [kept, project] = [await createProject(ada), await createProject(ada)]
    expectJson(await deleteProject(ada, project), 200, true)
    expectJson(await ada.get(`/api/users/${ada.id}/projects`), 200, { projects: [kept] })
  })

  it('deletes the chats of the project with their messages, files, and shares, and no other rows', async () => {
    const ada = await signedInUser()
    await addMessagesAndShare(ada, await createChat(ada))
    await addMessagesAndShare(ada, await createChatWithoutProject(ada))
    const otherRows = await rowsOf(db, ada)
    const project = await createProject(ada)
    const { share } = await addMessagesAndShare(ada, await createChat(ada, {}, project))
    await createChat(ada, {}, project)
    const projectRows = withoutRows(await rowsOf(db, ada), otherRows)
    expect(rowCounts(projectRows)).toStrictEqual({
      users: 0,
      directory: 1,
      sessions: 0,
      projects: 1,
      chats: 2,
      messages: 2,
      files: 1,
      file_contents: 1,
      shares: 1,
      whitelist_entries: 1,
    })
    expectJson(await deleteProject(ada, project), 200, true)
    expect(Object.values(await remainingRows(db, projectRows)).flat()).toStrictEqual([])
    expect(await rowsOf(db, ada)).toStrictEqual(otherRows)
    expect((await openShare(share.uuid)).status).toBe(404)
  })

  it('succeeds for exactly one of two concurrent requests', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    await createChat(ada, {}, project)
    const answers = await Promise.all([deleteProject(ada, project), deleteProject(ada, project)])
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 404])
  })
})
