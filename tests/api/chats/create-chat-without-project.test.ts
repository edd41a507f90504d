import { describe, expect, it } from 'vitest'
import { anyTimestamp, expectInvalid, expectJson } from '../../support/expect.ts'
import { createProject, signedInUser, type TestUser } from '../../support/factories.ts'

const pathOf = (person: { id: number }) => `/api/users/${person.id}/chats` as const
const list = async (person: TestUser, query = '') => (await person.get(`${pathOf(person)}${query}`)).body.chats

describe('POST /api/users/[user_id]/chats', () => {
  it('returns 201 with exactly the documented fields', async () => {
    const ada = await signedInUser()
    const chat = {
      id: expect.any(Number),
      neptun_user_id: ada.id,
      model: 'openai/gpt-4o',
      name: 'Loose talk',
      created_at: anyTimestamp,
      updated_at: anyTimestamp,
    }
    expectJson(await ada.post(pathOf(ada), { model: 'openai/gpt-4o', name: ' Loose talk\n' }), 201, { chat })
  })

  it('ignores a project_id in the body', async () => {
    const ada = await signedInUser()
    const { id: project_id } = await createProject(ada)
    const { body } = await ada.post(pathOf(ada), { model: 'openai/gpt-4o', name: 'Loose talk', project_id })
    expect(await list(ada, '?project_id=none')).toStrictEqual([body.chat])
    expect(await list(ada, `?project_id=${project_id}`)).toStrictEqual([])
  })

  it.each([
    ['an empty object', {}, ['model', 'name']],
    ['a model without a publisher', { model: 'gpt-4o', name: 'Loose talk' }, ['model']],
    ['a blank name', { model: 'openai/gpt-4o', name: ' ' }, ['name']],
    ['a name of 256 characters', { model: 'openai/gpt-4o', name: 'a'.repeat(256) }, ['name']],
  ])('rejects %s', async (_, body, fields) => {
    const ada = await signedInUser()
    expectInvalid(await ada.post(pathOf(ada), body), 'Invalid body(model, name)', ...fields)
    expect(await list(ada)).toStrictEqual([])
  })
})
