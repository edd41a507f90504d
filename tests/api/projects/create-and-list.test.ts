import { describe, expect, it } from 'vitest'
import { anyTimestamp, errorBody, issueFields, validationErrorBody } from '../../support/expect.ts'
import { createProject, signedInUser, type TestUser } from '../../support/factories.ts'
import type { ApiResponse } from '../../support/http.ts'
import type { OperationBody } from '../../support/response-types.ts'

type ProjectList = OperationBody<'listProjects'>

const pathOf = (person: { id: number }, query = '') => `/api/users/${person.id}/projects${query}` as const
const aProject = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript' }
const idsOf = (answer: ApiResponse<ProjectList>) => answer.body.projects.map(({ id }) => id)

describe('POST /api/users/[user_id]/projects', () => {
  it('returns 201 with exactly the documented fields', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.post(pathOf(ada), { ...aProject, description: 'The eighth planet' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      project: {
        ...aProject,
        id: expect.any(Number),
        neptun_user_id: ada.id,
        description: 'The eighth planet',
        type: 'backend',
        main_language: 'typescript',
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      },
    })
  })

  it.each([
    ['defaults a missing description to null', undefined, null],
    ['accepts null as the description', null, null],
    ['accepts an empty description', '', ''],
    ['keeps the white space of the description', '  two\n lines ', '  two\n lines '],
    ['accepts a description of 10,000 characters', '🪐'.repeat(10_000), '🪐'.repeat(10_000)],
  ])('%s', async (_, description, stored) => {
    const ada = await signedInUser()
    expect((await createProject(ada, { description })).description).toBe(stored)
    expect((await ada.get(pathOf(ada))).body.projects[0]!.description).toBe(stored)
  })

  it.each([
    'name', 'project_type', 'programming_language',
  ] as const)('trims %s and requires 1 to 255 characters', async (field) => {
    const ada = await signedInUser()
    for (const value of ['C', 'ñ'.repeat(255), '🪐'.repeat(255), 'a  b'])
      expect((await createProject(ada, { [field]: ` \t${value}\n` }))[field]).toBe(value)
    for (const value of ['', ' \t\n', 'a'.repeat(256), '🪐'.repeat(256)]) {
      const answer = await ada.post(pathOf(ada), { ...aProject, [field]: value })
      expect([answer.status, issueFields(answer)]).toStrictEqual([400, [field]])
    }
  })

  it.each([
    ['an empty object', {}, ['name', 'project_type', 'programming_language']],
    ['a missing name', { ...aProject, name: undefined }, ['name']],
    ['null as the name', { ...aProject, name: null }, ['name']],
    ['a numeric name', { ...aProject, name: 7 }, ['name']],
    ['a name with a NUL', { ...aProject, name: 'a\0b' }, ['name']],
    ['a name with a lone surrogate', { ...aProject, name: 'a\ud83d' }, ['name']],
    ['an array as the type', { ...aProject, project_type: ['backend'] }, ['project_type']],
    ['an object as the language', { ...aProject, programming_language: {} }, ['programming_language']],
    ['a description of 10,001 characters', { ...aProject, description: 'a'.repeat(10_001) }, ['description']],
    ['a description with a NUL', { ...aProject, description: '\0' }, ['description']],
    ['an array', [aProject], [undefined]],
    ['a string', 'Neptun', [undefined]],
    ['null', null, [undefined]],
  ])('rejects %s and names the invalid fields', async (_, body, fields) => {
    const ada = await signedInUser()
    const answer = await ada.post(pathOf(ada), body)
    const message = 'Invalid body(name, description, project_type, type, programming_language, main_language)'
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody(message))
    expect(issueFields(answer)).toStrictEqual(fields)
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
  })

  it.each([
    ['the names of old clients', { type: 'web-app', main_language: 'go' }],
    ['one name of each kind', { project_type: 'web-app', main_language: 'go' }],
    ['all names, if they are equal', {
      type: 'web-app', project_type: ' web-app', main_language: 'go', programming_language: 'go\n',
    }],
  ])('takes the type and the language by %s, and returns both', async (_, fields) => {
    const ada = await signedInUser()
    const { status, body } = await ada.post(pathOf(ada), { name: 'Neptun', ...fields })
    const expected = {
      type: 'web-app', project_type: 'web-app', main_language: 'go', programming_language: 'go',
    }
    expect([status, body.project]).toStrictEqual([201, expect.objectContaining(expected)])
    const list = `?project_type=web-app&programming_language=go`
    expect((await ada.get(pathOf(ada, list))).body).toStrictEqual({ projects: [body.project] })
  })

  it.each([
    ['types that differ', { project_type: 'a', type: 'b', programming_language: 'c' }, ['project_type']],
    ['languages that differ', { type: 'a', programming_language: 'b', main_language: 'c' }, ['programming_language']],
    ['an invalid type', { type: '', main_language: 'c' }, ['type']],
    ['a type of null', { type: null, main_language: 'c' }, ['type']],
    ['an invalid type next to a valid one', { type: 7, project_type: 'a', main_language: 'c' }, ['type']],
    ['neither language', { type: 'a' }, ['programming_language']],
  ])('rejects %s, and names the field', async (_, fields, invalid) => {
    const ada = await signedInUser()
    const answer = await ada.post(pathOf(ada), { name: 'Neptun', ...fields })
    expect([answer.status, issueFields(answer)]).toStrictEqual([400, invalid])
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
  })

  it('ignores unknown fields', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { id } = await createProject(eve)
    const unknown = { id, neptun_user_id: eve.id, created_at: '2001-01-01T00:00:00.000Z', color: 'blue' }
    const project = await createProject(ada, unknown)
    expect(project.id).not.toBe(id)
    expect(project.neptun_user_id).toBe(ada.id)
    expect(project.created_at).not.toContain('2001')
    expect(project).not.toHaveProperty('color')
  })

  it('does not create a project for another user', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { status, body } = await eve.post(pathOf(ada), aProject)
    expect(status).toBe(404)
    expect(body).toStrictEqual(errorBody(404, 'User not found'))
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
  })
})

describe('GET /api/users/[user_id]/projects', () => {
  it('returns an empty list to a new user', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(pathOf(ada))
    expect(status).toBe(200)
    expect(body).toStrictEqual({ projects: [] })
  })

  it('returns the projects as created, newest first', async () => {
    const ada = await signedInUser()
    const [first, second, third] = [await createProject(ada), await createProject(ada), await createProject(ada)]
    expect((await ada.get(pathOf(ada))).body).toStrictEqual({ projects: [third, second, first] })
  })

  it('omits the projects of other users and rejects requests for their lists', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    await createProject(eve)
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
    expect((await ada.get(pathOf(eve))).body).toStrictEqual(errorBody(404, 'User not found'))
  })

  it.each([
    ['project_type', 'back_end', ['Back_end', 'backxend', 'back_end 2']],
    ['programming_language', 'C++', ['c++', 'C', 'C  ']],
    ['programming_language', '%', ['C', '%%']],
    ['project_type', '\' or \'\'=\'', ['or']],
  ])('filters by the exact %s %s', async (field, value, others) => {
    const ada = await signedInUser()
    for (const other of others) await createProject(ada, { [field]: other })
    const project = await createProject(ada, { [field]: value })
    const answer = await ada.get(pathOf(ada, `?${new URLSearchParams({ [field]: value }).toString()}`))
    expect(idsOf(answer)).toStrictEqual([project.id])
  })

  it('combines both filters', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada, { project_type: 'web', programming_language: 'go' })
    await createProject(ada, { project_type: 'web', programming_language: 'rust' })
    await createProject(ada, { project_type: 'cli', programming_language: 'go' })
    const list = async (query: string) => idsOf(await ada.get(pathOf(ada, query)))
    expect(await list('?project_type=web&programming_language=go')).toStrictEqual([project.id])
    expect(await list('?project_type=cli&programming_language=rust')).toStrictEqual([])
  })

  it.each([
    ['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=-1', 'limit'], ['limit=1.5', 'limit'], ['limit=01', 'limit'],
    ['limit=', 'limit'], ['limit=ten', 'limit'], ['limit=1&limit=1', 'limit'], ['limit=%001', 'limit'],
    ['cursor=abc', 'cursor'], ['limit=1&cursor=', 'cursor'], ['limit=1&cursor=abc.def', 'cursor'],
    ['project_type=', 'project_type'], ['project_type=a%00', 'project_type'], ['project_type=%FF', 'project_type'],
    ['project_type=a&project_type=b', 'project_type'], ['programming_language=%ED%A0%BD', 'programming_language'],
    ['limit=0&project_type=', 'project_type, limit'],
  ])('rejects ?%s', async (query, named) => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(pathOf(ada, `?${query}`))
    expect(status).toBe(400)
    expect(body).toStrictEqual(validationErrorBody(`Invalid query(${named})`))
  })

  it('ignores unknown query parameters', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada)
    const answer = await ada.get(pathOf(ada, '?order_by=id:asc&order_by=&page=2&__proto__=1&&='))
    expect(idsOf(answer)).toStrictEqual([project.id])
  })
})

describe('GET /api/users/[user_id]/projects with paging', () => {
  const createProjects = async (person: TestUser, fields: object[]) => {
    const ids: number[] = []
    for (const field of fields) ids.unshift((await createProject(person, field)).id)
    return ids
  }
  const fetchPages = async (person: TestUser, query: string, betweenPages = async () => {}) => {
    const pages: number[][] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path = pathOf(person, `?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      const answer: ApiResponse<ProjectList> = await person.get(path)
      expect(Object.keys(answer.body)).toStrictEqual(['projects', 'next_cursor'])
      pages.push(idsOf(answer))
      cursor = answer.body.next_cursor ?? null
      await betweenPages()
    }
    return pages
  }

  it('returns each project once and ends with a null cursor', async () => {
    const ada = await signedInUser()
    const [a, b, c, d, e] = await createProjects(ada, [{}, {}, {}, {}, {}])
    expect(await fetchPages(ada, 'limit=2')).toStrictEqual([[a, b], [c, d], [e]])
    expect(await fetchPages(ada, 'limit=5')).toStrictEqual([[a, b, c, d, e]])
    expect(await fetchPages(ada, 'limit=100')).toStrictEqual([[a, b, c, d, e]])
  })

  it('applies the filter to every page', async () => {
    const ada = await signedInUser()
    const web = { project_type: 'web' }
    const [a, , b, , c] = await createProjects(ada, [web, {}, web, {}, web])
    expect(await fetchPages(ada, 'limit=2&project_type=web')).toStrictEqual([[a, b], [c]])
  })

  it('neither skips nor repeats projects when others are added between pages', async () => {
    const ada = await signedInUser()
    const [a, b, c] = await createProjects(ada, [{}, {}, {}])
    const pages = await fetchPages(ada, 'limit=1', async () => void await createProject(ada))
    expect(pages).toStrictEqual([[a], [b], [c]])
  })

  it('rejects a cursor without a limit, with another filter, or from the list of another user', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    for (const person of [ada, eve]) await createProjects(person, [{}, {}])
    const cursor = (await ada.get(pathOf(ada, '?limit=1'))).body.next_cursor!
    for (const [person, query] of [[ada, ''], [ada, '&limit=1&project_type=web'], [eve, '&limit=1']] as const) {
      const { status, error } = await person.get(pathOf(person, `?cursor=${cursor}${query}`))
      expect([status, error.message]).toStrictEqual([400, 'Invalid query(cursor)'])
    }
  })
})
