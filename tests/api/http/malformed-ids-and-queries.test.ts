import { describe, expect, it } from 'vitest'
import { errorBody, validationErrorBody } from '../../support/expect.ts'
import { signedInUser } from '../../support/factories.ts'

describe('an id in a path', () => {
  it.each([
    '0', '-1', '01', '1.0', '1e3', '+1', '0x1', 'x', 'null', 'NaN', '%20', '%00', '1%20', '９', '9007199254740992',
    '9'.repeat(400),
  ])('is rejected if malformed: %s', async (id) => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(`/api/users/${id}/projects/7/chats`)
    expect(status).toBe(400)
    const issues = [{ code: 'invalid_type', path: ['user_id'], message: 'Invalid user_id' }]
    expect(body).toStrictEqual(validationErrorBody('Invalid parameters', issues))
  })

  it('is reported together with all other malformed ids', async () => {
    const ada = await signedInUser()
    const { error } = await ada.get('/api/users/x/projects/-1/chats')
    expect(error.data.issues.map(({ path }) => path[0])).toStrictEqual(['user_id', 'project_id'])
  })

  it('may be the largest safe integer', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(`/api/users/${ada.id}/projects/9007199254740991/chats`)
    expect([status, body]).toStrictEqual([404, errorBody(404, 'Project not found')])
  })

  it('may be percent-encoded', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const encoded = `/api/users/${String(ada.id).replace(/\d/g, '%3$&')}/projects`
    expect((await ada.get(encoded)).body).toStrictEqual({ projects: [] })
    expect((await eve.get(encoded)).body).toStrictEqual(errorBody(404, 'User not found'))
  })
})

describe('a query', () => {
  it.each([
    'project_type=%FF', 'project_type=%C0%AF', 'project_type=%E0%A4%A', 'project_type=%', 'project_type=a%00', '%FF=1',
  ])('is rejected if malformed: ?%s', async (query) => {
    const ada = await signedInUser()
    const { status, error } = await ada.get(`/api/users/${ada.id}/projects?${query}`)
    expect(status).toBe(400)
    expect(error.message).toMatch(/^Invalid query\(.+\)$/)
    expect(Object.keys(error.data)).toStrictEqual(['name', 'message', 'issues'])
  })
})
