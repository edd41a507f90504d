import { describe, expect, it } from 'vitest'
import { aTime, blamed, errorBody, invalidBody } from '../support/expect.ts'
import { projectOf, signedInUser, type Person } from '../support/world.ts'

const pathOf = (person: { id: number }, query = '') => `/api/users/${person.id}/projects${query}`
const aProject = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript' }
const idsOf = (answer: { body: { projects: { id: number }[] } }) => answer.body.projects.map(({ id }) => id)

describe('a new project', () => {
  it('is answered with 201 and all its fields, and no other', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.post(pathOf(ada), { ...aProject, description: 'The eighth planet' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      project: { ...aProject, id: expect.any(Number), neptun_user_id: ada.id, description: 'The eighth planet', created_at: aTime, updated_at: aTime },
    })
  })

  it.each([
    ['null where it is left out', undefined, null],
    ['null where it is null', null, null],
    ['empty where it is empty', '', ''],
    ['kept with its white space', '  two\n lines ', '  two\n lines '],
    ['10,000 characters at most', '🪐'.repeat(10_000), '🪐'.repeat(10_000)],
  ])('has a description that is %s', async (_, description, kept) => {
    const ada = await signedInUser()
    expect((await projectOf(ada, { description })).description).toBe(kept)
    expect((await ada.get(pathOf(ada))).body.projects[0].description).toBe(kept)
  })

  it.each(['name', 'project_type', 'programming_language'])('has a %s of 1 to 255 characters, trimmed', async (field) => {
    const ada = await signedInUser()
    for (const value of ['C', 'ñ'.repeat(255), '🪐'.repeat(255), 'a  b'])
      expect((await projectOf(ada, { [field]: ` \t${value}\n` }))[field]).toBe(value)
    for (const value of ['', ' \t\n', 'a'.repeat(256), '🪐'.repeat(256)]) {
      const answer = await ada.post(pathOf(ada), { ...aProject, [field]: value })
      expect([answer.status, blamed(answer)]).toStrictEqual([400, [field]])
    }
  })

  it.each([
    ['nothing', {}, ['name', 'project_type', 'programming_language']],
    ['no name', { ...aProject, name: undefined }, ['name']],
    ['a name that is null', { ...aProject, name: null }, ['name']],
    ['a name that is a number', { ...aProject, name: 7 }, ['name']],
    ['a name with a NUL', { ...aProject, name: 'a\0b' }, ['name']],
    ['a name with half an emoji', { ...aProject, name: 'a\ud83d' }, ['name']],
    ['a type that is a list', { ...aProject, project_type: ['backend'] }, ['project_type']],
    ['a language that is an object', { ...aProject, programming_language: {} }, ['programming_language']],
    ['a description of 10,001 characters', { ...aProject, description: 'a'.repeat(10_001) }, ['description']],
    ['a description with a NUL', { ...aProject, description: '\0' }, ['description']],
    ['a list', [aProject], [undefined]],
    ['a text', 'Neptun', [undefined]],
    ['null', null, [undefined]],
  ])('is refused for a body that is or has %s, and the fields are named', async (_, body, fields) => {
    const ada = await signedInUser()
    const answer = await ada.post(pathOf(ada), body)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(name, description, project_type, programming_language)'))
    expect(blamed(answer)).toStrictEqual(fields)
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
  })

  it('takes no notice of fields that it does not know', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { id } = await projectOf(eve)
    const project = await projectOf(ada, { id, neptun_user_id: eve.id, created_at: '2001-01-01T00:00:00.000Z', color: 'blue' })
    expect(project.id).not.toBe(id)
    expect(project.neptun_user_id).toBe(ada.id)
    expect(project.created_at).not.toContain('2001')
    expect(project).not.toHaveProperty('color')
  })

  it('is not made in the name of somebody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { status, body } = await eve.post(pathOf(ada), aProject)
    expect(status).toBe(404)
    expect(body).toStrictEqual(errorBody(404, 'User not found'))
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
  })
})

describe('the projects of a user', () => {
  it('are an empty list at first', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(pathOf(ada))
    expect(status).toBe(200)
    expect(body).toStrictEqual({ projects: [] })
  })

  it('are listed as they were answered when they were made, newest first', async () => {
    const ada = await signedInUser()
    const [first, second, third] = [await projectOf(ada), await projectOf(ada), await projectOf(ada)]
    expect((await ada.get(pathOf(ada))).body).toStrictEqual({ projects: [third, second, first] })
  })

  it('are none of somebody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    await projectOf(eve)
    expect(idsOf(await ada.get(pathOf(ada)))).toStrictEqual([])
    expect((await ada.get(pathOf(eve))).body).toStrictEqual(errorBody(404, 'User not found'))
  })

  it.each([
    ['project_type', 'back_end', ['Back_end', 'backxend', 'back_end 2']],
    ['programming_language', 'C++', ['c++', 'C', 'C  ']],
    ['programming_language', '%', ['C', '%%']],
    ['project_type', '\' or \'\'=\'', ['or']],
  ])('can be filtered by %s, which is exactly %s', async (field, value, others) => {
    const ada = await signedInUser()
    for (const other of others) await projectOf(ada, { [field]: other })
    const project = await projectOf(ada, { [field]: value })
    const answer = await ada.get(pathOf(ada, `?${new URLSearchParams({ [field]: value }).toString()}`))
    expect(idsOf(answer)).toStrictEqual([project.id])
  })

  it('can be filtered by both', async () => {
    const ada = await signedInUser()
    const project = await projectOf(ada, { project_type: 'web', programming_language: 'go' })
    await projectOf(ada, { project_type: 'web', programming_language: 'rust' })
    await projectOf(ada, { project_type: 'cli', programming_language: 'go' })
    expect(idsOf(await ada.get(pathOf(ada, '?project_type=web&programming_language=go')))).toStrictEqual([project.id])
    expect(idsOf(await ada.get(pathOf(ada, '?project_type=cli&programming_language=rust')))).toStrictEqual([])
  })

  it.each([
    ['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=-1', 'limit'], ['limit=1.5', 'limit'], ['limit=01', 'limit'],
    ['limit=', 'limit'], ['limit=ten', 'limit'], ['limit=1&limit=1', 'limit'], ['limit=%001', 'limit'],
    ['cursor=abc', 'cursor'], ['limit=1&cursor=', 'cursor'], ['limit=1&cursor=abc.def', 'cursor'],
    ['project_type=', 'project_type'], ['project_type=a%00', 'project_type'], ['project_type=%FF', 'project_type'],
    ['project_type=a&project_type=b', 'project_type'], ['programming_language=%ED%A0%BD', 'programming_language'],
    ['limit=0&project_type=', 'project_type, limit'],
  ])('are not listed for ?%s', async (query, named) => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(pathOf(ada, `?${query}`))
    expect(status).toBe(400)
    expect(body).toStrictEqual(invalidBody(`Invalid query(${named})`))
  })

  it('are listed whatever parameters there are that the list does not know', async () => {
    const ada = await signedInUser()
    const project = await projectOf(ada)
    expect(idsOf(await ada.get(pathOf(ada, '?order_by=id:asc&order_by=&page=2&__proto__=1&&=')))).toStrictEqual([project.id])
  })
})

describe('a walk through the projects of a user', () => {
  const idsInPages = async (person: Person, query: string, meanwhile = async () => {}) => {
    const pages: number[][] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const answer: Awaited<ReturnType<Person['get']>> = await person.get(pathOf(person, `?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`))
      expect(Object.keys(answer.body)).toStrictEqual(['projects', 'next_cursor'])
      pages.push(idsOf(answer))
      cursor = answer.body.next_cursor
      await meanwhile()
    }
    return pages
  }
  const made = async (person: Person, fields: object[]) => {
    const ids: number[] = []
    for (const field of fields) ids.unshift((await projectOf(person, field)).id)
    return ids
  }

  it('shows each once, and ends with null', async () => {
    const ada = await signedInUser()
    const [a, b, c, d, e] = await made(ada, [{}, {}, {}, {}, {}])
    expect(await idsInPages(ada, 'limit=2')).toStrictEqual([[a, b], [c, d], [e]])
    expect(await idsInPages(ada, 'limit=5')).toStrictEqual([[a, b, c, d, e]])
    expect(await idsInPages(ada, 'limit=100')).toStrictEqual([[a, b, c, d, e]])
  })

  it('keeps to its filter', async () => {
    const ada = await signedInUser()
    const [a, , b, , c] = await made(ada, [{ project_type: 'web' }, {}, { project_type: 'web' }, {}, { project_type: 'web' }])
    expect(await idsInPages(ada, 'limit=2&project_type=web')).toStrictEqual([[a, b], [c]])
  })

  it('skips and doubles nothing when projects are added meanwhile', async () => {
    const ada = await signedInUser()
    const [a, b, c] = await made(ada, [{}, {}, {}])
    expect(await idsInPages(ada, 'limit=1', async () => void await projectOf(ada))).toStrictEqual([[a], [b], [c]])
  })

  it('cannot go on without a limit, with another filter, or in the list of somebody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    for (const person of [ada, eve]) await made(person, [{}, {}])
    const { body } = await ada.get(pathOf(ada, '?limit=1'))
    for (const [person, query] of [[ada, ''], [ada, '&limit=1&project_type=web'], [eve, '&limit=1']] as const) {
      const { status, body: refusal } = await person.get(pathOf(person, `?cursor=${body.next_cursor}${query}`))
      expect([status, refusal.message]).toStrictEqual([400, 'Invalid query(cursor)'])
    }
  })
})
