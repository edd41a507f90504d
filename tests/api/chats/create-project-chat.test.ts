import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anyTimestamp, expectError, expectInvalid, expectJson, notSupported } from '../../support/expect.ts'
import { createProject, missingId, signedInUser } from '../../support/factories.ts'
import { describeOwnership } from '../../support/shared-suites.ts'
import { userWithProject, validChat } from './fixtures.ts'

interface ChatConversation {
  id: number
  neptun_user_id: number
  model: string
  name: string
  created_at: string
  updated_at: string
}

interface ApiResponse {
  chat: ChatConversation
}

const ApiResponseModel = z.object({
  chat: z.object({
    id: z.int(),
    neptun_user_id: z.int(),
    model: z.string(),
    name: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  }),
})

const pathOf = (person: { id: number | string }, project: { id: number | string }) =>
  `/api/users/${person.id}/projects/${project.id}/chats` as const

describe('POST /api/users/[user_id]/projects/[project_id]/chats', () => {
  it('returns 201 with exactly the documented fields', async () => {
    const { person, create } = await userWithProject()
    const answer = await create(validChat, { headers: { accept: 'application/json' } })
    expectJson(answer, 201, {
      chat: {
        id: expect.any(Number),
        neptun_user_id: person.id,
        model: 'google/gemma-2-27b-it',
        name: 'Project Discussion',
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      },
    })
    expect(answer.statusText).toBe('Created')
    expect(answer.body.chat.updated_at).toBe(answer.body.chat.created_at)
  })

  it('matches the documented interface and model', async () => {
    const { create } = await userWithProject()
    const { body } = await create(validChat)
    const response: ApiResponse = ApiResponseModel.parse(body)
    expect(response).toStrictEqual(body)
  })

  it('adds the chat to this project only', async () => {
    const { person, create, list } = await userWithProject()
    const other = await createProject(person)
    const { body } = await create(validChat)
    expect(await list()).toStrictEqual([body.chat])
    expect((await person.get(pathOf(person, other))).body).toStrictEqual({ chats: [] })
  })

  it('creates a new chat each time, even with the same name', async () => {
    const { create, list } = await userWithProject()
    const ids = [(await create(validChat)).body.chat.id, (await create(validChat)).body.chat.id]
    expect(new Set(ids).size).toBe(2)
    expect(await list()).toHaveLength(2)
  })

  it('ignores unknown fields', async () => {
    const [{ person, create, list }, eve] = [await userWithProject(), await signedInUser()]
    const unknown = {
      id: 1, neptun_user_id: eve.id, project_id: missingId, created_at: '2020-01-01T00:00:00Z', color: 'red',
    }
    const { status, body } = await create({ ...validChat, ...unknown })
    expect(status).toBe(201)
    expect(body.chat).toMatchObject({ ...validChat, neptun_user_id: person.id })
    expect(body.chat.created_at > '2024').toBe(true)
    expect(await list()).toStrictEqual([body.chat])
  })

  describeOwnership({
    method: 'POST',
    of: 'project',
    path: (user, project) => pathOf({ id: user }, { id: project }),
    body: validChat,
  })

  it('does not create a chat in a foreign project', async () => {
    const [{ person: ada, project, list }, eve] = [await userWithProject(), await signedInUser()]
    expectError(await eve.post(pathOf(eve, project), validChat), 404, 'Project not found')
    expectError(await eve.post(pathOf(ada, project), validChat), 404, 'User not found')
    expect(await list()).toStrictEqual([])
  })

  it('checks the user first, then the body, then the project', async () => {
    const [{ person: ada }, eve] = [await userWithProject(), await signedInUser()]
    const path = pathOf(ada, { id: missingId })
    const text = { raw: 'hello', headers: { 'content-type': 'text/plain' } }
    expectError(await eve.post(path, {}), 404, 'User not found')
    expectError(await eve.post(path, undefined, text), 404, 'User not found')
    expectInvalid(await ada.post(path, {}), 'Invalid body(model, name)', 'model', 'name')
    expect((await ada.post(path, undefined, text)).status).toBe(415)
    expectError(await ada.post(path, validChat), 404, 'Project not found')
  })
})

describe('the body of POST /api/users/[user_id]/projects/[project_id]/chats', () => {
  it.each([
    ['an empty object', '{}', ['model', 'name']],
    ['two invalid fields', '{"model":1,"name":""}', ['model', 'name']],
    ['null', 'null', ['']],
    ['an array', '[{"model":"google/gemma-2-27b-it","name":"x"}]', ['']],
    ['a string', '"google/gemma-2-27b-it"', ['']],
    ['a number', '7', ['']],
    ['truncated JSON', '{"model":"google/gemma-2-27b-it","name":', ['']],
    ['trailing text after JSON', '{"model":"google/gemma-2-27b-it","name":"x"} x', ['']],
    ['a form', 'model=google/gemma-2-27b-it&name=x', ['']],
    ['an empty body', '', ['']],
    ['malformed UTF-8', Buffer.from('{"model":"google/gemma-2-27b-it","name":"\xFF"}', 'latin1'), ['']],
    ['a surrogate in UTF-8', Buffer.from('{"model":"google/gemma-2-27b-it","name":"\xED\xA0\x80"}', 'latin1'), ['']],
    ['UTF-16', Buffer.from('{"model":"google/gemma-2-27b-it","name":"x"}', 'utf16le'), ['']],
  ])('is rejected with 400: %s', async (_, raw, fields) => {
    const { createRaw, list } = await userWithProject()
    const types = ['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"']
    for (const type of types)
      expectInvalid(await createRaw(raw, { 'content-type': type }), 'Invalid body(model, name)', ...fields)
    expect(await list()).toStrictEqual([])
  })

  it('is required', async () => {
    const { create } = await userWithProject()
    expectInvalid(await create(undefined), 'Invalid body(model, name)', 'model', 'name')
  })

  it.each([
    ['text/plain', 'text/plain'],
    ['a form in another charset', 'application/x-www-form-urlencoded; charset=iso-8859-1'],
    ['a multipart form', 'multipart/form-data; boundary=x'],
    ['another JSON media type', 'application/json-seq'],
    ['another charset', 'application/json; charset=iso-8859-1'],
    ['no content type', undefined],
    ['a malformed content type', 'json'],
  ])('is rejected with 415: %s', async (_, type) => {
    const { createRaw, list } = await userWithProject()
    const json = Buffer.from(JSON.stringify(validChat))
    const answer = await createRaw(json, type === undefined ? {} : { 'content-type': type })
    expectError(answer, 415, notSupported)
    expect(await list()).toStrictEqual([])
  })

  it('is accepted up to 4.5 MiB and rejected with 413 beyond, with or without a declared length', async () => {
    const { createRaw, list } = await userWithProject()
    const limit = 4.5 * 1024 * 1024
    const tooLarge = 'The request body exceeds the limit of 4718592 bytes.'
    const bodyOf = (bytes: number) => JSON.stringify(validChat).padEnd(bytes)
    const streamOf = (text: string) => new Blob([text]).stream()
    expectError(await createRaw(bodyOf(limit + 1)), 413, tooLarge)
    expectError(await createRaw(streamOf(bodyOf(limit + 1))), 413, tooLarge)
    expect(await list()).toStrictEqual([])
    expect((await createRaw(bodyOf(limit))).status).toBe(201)
    expect((await createRaw(streamOf(bodyOf(limit)))).status).toBe(201)
  })
})
