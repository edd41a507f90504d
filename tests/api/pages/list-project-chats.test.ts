import { describe, expect, it } from 'vitest'
import { chatOf, projectOf, signedInUser } from '../../support/world.ts'

/** GET /api/users/[user_id]/projects/[project_id]/chats */
const pathOf = (person: { id: number }, project: { id: number | string }) => `/api/users/${person.id}/projects/${project.id}/chats`
const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('the chats of a project', () => {
  it('are listed with every field of the sample, and no other', async () => {
    const ada = await signedInUser()
    const project = await projectOf(ada)
    const chat = await chatOf(ada, { name: 'Project Discussion', model: 'google/gemma-2-27b-it' }, project)
    const { status, headers, body } = await ada.get(pathOf(ada, project))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(body).toStrictEqual({
      chats: [{
        id: chat.id,
        neptun_user_id: ada.id,
        model: 'google/gemma-2-27b-it',
        name: 'Project Discussion',
        created_at: expect.stringMatching(times),
        updated_at: expect.stringMatching(times),
      }],
    })
  })

  it('are none of another project', async () => {
    const ada = await signedInUser()
    const [project, empty] = [await projectOf(ada), await projectOf(ada)]
    await chatOf(ada, {}, project)
    expect((await ada.get(pathOf(ada, empty))).body).toStrictEqual({ chats: [] })
  })
})
