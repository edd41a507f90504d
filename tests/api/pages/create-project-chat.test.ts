import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aTime, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import type { RequestOptions } from '../../support/http.ts'
import { describeOwnership, missingId } from '../../support/rules.ts'
import { projectOf, signedInUser } from '../../support/world.ts'

interface ChatConversation {
  id: number
  neptun_user_id: number
  model: string
  name: string
  created_at: string
  updated_at: string
}

interface CreateChatRequest {
  model: string
  name: string
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

/** POST /api/users/[user_id]/projects/[project_id]/chats */
const pathOf = (person: { id: number | string }, project: { id: number | string }) => `/api/users/${person.id}/projects/${project.id}/chats`

const chat: CreateChatRequest = { model: 'google/gemma-2-27b-it', name: 'Project Discussion' }
const json = { 'content-type': 'application/json' }

/** Somebody with an empty project. */
async function somebody() {
  const person = await signedInUser()
  const path = pathOf(person, await projectOf(person))
  return {
    person,
    path,
    create: (body: unknown, options?: RequestOptions) => person.post(path, body, options),
    /** Sends bytes as they are. */
    createRaw: (raw: RequestOptions['raw'], headers: Record<string, string> = json) => person.post(path, undefined, { raw, headers }),
    list: async () => (await person.get(path)).body.chats as ChatConversation[],
  }
}

describe('creating a chat in a project', () => {
  it('answers with every field of the page, and no other', async () => {
    const { person, create } = await somebody()
    const answer = await create(chat, { headers: { accept: 'application/json' } })
    expectJson(answer, 201, {
      chat: {
        id: expect.any(Number),
        neptun_user_id: person.id,
        model: 'google/gemma-2-27b-it',
        name: 'Project Discussion',
        created_at: aTime,
        updated_at: aTime,
      },
    })
    expect(answer.statusText).toBe('Created')
    expect(answer.body.chat.updated_at).toBe(answer.body.chat.created_at)
  })

  it('answers as the interface and the model of the page say', async () => {
    const { create } = await somebody()
    const { body } = await create(chat)
    const response: ApiResponse = ApiResponseModel.parse(body)
    expect(response).toStrictEqual(body)
  })

  it('links the chat to this project, and to no other', async () => {
    const { person, create, list } = await somebody()
    const other = await projectOf(person)
    const { body } = await create(chat)
    expect(await list()).toStrictEqual([body.chat])
    expect((await person.get(pathOf(person, other))).body).toStrictEqual({ chats: [] })
  })

  it('makes a new chat each time, also with the same name', async () => {
    const { create, list } = await somebody()
    const ids = [(await create(chat)).body.chat.id, (await create(chat)).body.chat.id]
    expect(new Set(ids).size).toBe(2)
    expect(await list()).toHaveLength(2)
  })

  it('ignores fields that it does not know', async () => {
    const [{ person, create, list }, eve] = [await somebody(), await signedInUser()]
    const { status, body } = await create({ ...chat, id: 1, neptun_user_id: eve.id, project_id: missingId, created_at: '2020-01-01T00:00:00Z', color: 'red' })
    expect(status).toBe(201)
    expect(body.chat).toMatchObject({ ...chat, neptun_user_id: person.id })
    expect(body.chat.created_at > '2024').toBe(true)
    expect(await list()).toStrictEqual([body.chat])
  })

  describeOwnership({ method: 'POST', of: 'project', path: (user, project) => pathOf({ id: user }, { id: project }), body: chat })

  it('puts nothing into the project of a neighbour', async () => {
    const [{ person: ada, path, list }, eve] = [await somebody(), await signedInUser()]
    const project = { id: path.split('/')[5]! }
    expectError(await eve.post(pathOf(eve, project), chat), 404, 'Project not found')
    expectError(await eve.post(pathOf(ada, project), chat), 404, 'User not found')
    expect(await list()).toStrictEqual([])
  })

  it('says what is wrong with the body after the user, and before a missing project', async () => {
    const [{ person: ada }, eve] = [await somebody(), await signedInUser()]
    const raw = { raw: 'hello', headers: { 'content-type': 'text/plain' } }
    expectError(await eve.post(pathOf(ada, { id: missingId }), {}), 404, 'User not found')
    expectError(await eve.post(pathOf(ada, { id: missingId }), undefined, raw), 404, 'User not found')
    expectInvalid(await ada.post(pathOf(ada, { id: missingId }), {}), 'Invalid body(model, name)', 'model', 'name')
    expect((await ada.post(pathOf(ada, { id: missingId }), undefined, raw)).status).toBe(415)
    expectError(await ada.post(pathOf(ada, { id: missingId }), chat), 404, 'Project not found')
  })
})

describe('the name of a chat', () => {
  it.each([
    ['trimmed', '  Project\tDiscussion \r\n', 'Project\tDiscussion'],
    ['of one character', 'x', 'x'],
    ['of 255 characters', 'x'.repeat(255), 'x'.repeat(255)],
    ['of 255 characters within white space', ` ${'x'.repeat(255)} `, 'x'.repeat(255)],
    ['of 255 emoji, which are two units each', '😀'.repeat(255), '😀'.repeat(255)],
    ['of any language', 'Grüße, 世界 \u202E \u0001 \'; drop table chats; --', 'Grüße, 世界 \u202E \u0001 \'; drop table chats; --'],
  ])('may be %s', async (_, name, kept) => {
    const { create, list } = await somebody()
    const { status, body } = await create({ ...chat, name })
    expect(status).toBe(201)
    expect(body.chat.name).toBe(kept)
    expect(await list()).toStrictEqual([body.chat])
  })

  it.each([
    ['empty', ''],
    ['white space', ' \t\r\n\u00A0'],
    ['of 256 characters', 'x'.repeat(256)],
    ['of 256 emoji', '😀'.repeat(256)],
    ['with a NUL', 'a\0b'],
    ['a number', 7],
    ['null', null],
    ['a boolean', true],
    ['a list', ['x']],
    ['an object', { x: 1 }],
    ['missing', undefined],
  ])('may not be %s', async (_, name) => {
    const { create, list } = await somebody()
    expectInvalid(await create({ ...chat, name }), 'Invalid body(model, name)', 'name')
    expect(await list()).toStrictEqual([])
  })

  it.each(['\\ud800', '\\udc00', 'a\\ud83d', '\\udc00\\ud800', '\\u0000'])('may not hold %s', async (escaped) => {
    const { createRaw, list } = await somebody()
    expectInvalid(await createRaw(`{"model":"google/gemma-2-27b-it","name":"${escaped}"}`), 'Invalid body(model, name)', 'name')
    expect(await list()).toStrictEqual([])
  })

  it('may be escaped', async () => {
    const { createRaw } = await somebody()
    const { body } = await createRaw('{"model":"google/gemma-2-27b-it","name":"\\ud83d\\ude00"}')
    expect(body.chat.name).toBe('😀')
  })
})

describe('the model of a chat', () => {
  it.each([
    'google/gemma-2-27b-it', 'mistralai/Mistral-7B-Instruct-v0.3', 'openai/gpt-4.1:free', 'a/b', '0/1', 'a_b.c:d-e/._:-', `p/${'m'.repeat(198)}`,
  ])('may be %s', async (model) => {
    const { create } = await somebody()
    const { status, body } = await create({ ...chat, model })
    expect(status).toBe(201)
    expect(body.chat.model).toBe(model)
  })

  it.each([
    '', ' ', 'gemma', '/', '/gemma', 'google/', 'google//gemma', 'google/gemma/2', 'google/gem ma', ' google/gemma', 'google/gemma ', 'google/gemma\n',
    'google\\gemma', 'google/gemma?', 'google/gemma@2', 'google/gemma\0', 'google/😀', 7, null, true, ['google/gemma'], {}, undefined,
    `p/${'m'.repeat(199)}`,
  ])('may not be %j', async (model) => {
    const { create, list } = await somebody()
    expectInvalid(await create({ ...chat, model }), 'Invalid body(model, name)', 'model')
    expect(await list()).toStrictEqual([])
  })
})

describe('a body that is no chat', () => {
  it.each([
    ['an empty object', '{}', ['model', 'name']],
    ['two wrong fields', '{"model":1,"name":""}', ['model', 'name']],
    ['null', 'null', ['']],
    ['a list', '[{"model":"google/gemma-2-27b-it","name":"x"}]', ['']],
    ['a string', '"google/gemma-2-27b-it"', ['']],
    ['a number', '7', ['']],
    ['broken JSON', '{"model":"google/gemma-2-27b-it","name":', ['']],
    ['JSON and more', '{"model":"google/gemma-2-27b-it","name":"x"} x', ['']],
    ['a form', 'model=google/gemma-2-27b-it&name=x', ['']],
    ['nothing', '', ['']],
    ['invalid UTF-8', Buffer.from('{"model":"google/gemma-2-27b-it","name":"\xFF"}', 'latin1'), ['']],
    ['a surrogate in UTF-8', Buffer.from('{"model":"google/gemma-2-27b-it","name":"\xED\xA0\x80"}', 'latin1'), ['']],
    ['UTF-16', Buffer.from('{"model":"google/gemma-2-27b-it","name":"x"}', 'utf16le'), ['']],
  ])('is refused: %s', async (_, raw, fields) => {
    const { createRaw, list } = await somebody()
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"'])
      expectInvalid(await createRaw(raw, { 'content-type': type }), 'Invalid body(model, name)', ...fields)
    expect(await list()).toStrictEqual([])
  })

  it('is refused where there is none', async () => {
    const { create } = await somebody()
    expectInvalid(await create(undefined), 'Invalid body(model, name)', 'model', 'name')
  })

  it.each([
    ['text/plain', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data; boundary=x'],
    ['another kind of JSON', 'application/json-seq'],
    ['another charset', 'application/json; charset=iso-8859-1'],
    ['no type at all', undefined],
    ['nonsense', 'json'],
  ])('is a 415 as %s', async (_, type) => {
    const { createRaw, list } = await somebody()
    const answer = await createRaw(Buffer.from(JSON.stringify(chat)), type === undefined ? {} : { 'content-type': type })
    expectError(answer, 415, 'The content type has to be application/json in UTF-8.')
    expect(await list()).toStrictEqual([])
  })

  it('is a 413 above 4.5 MiB, and is read up to there', async () => {
    const { createRaw, list } = await somebody()
    const limit = 4.5 * 1024 * 1024
    const tooLarge = 'A request may have a body of at most 4718592 bytes.'
    const bodyOf = (bytes: number) => JSON.stringify(chat).padEnd(bytes)
    const inPieces = (text: string) => new Blob([text]).stream()
    expectError(await createRaw(bodyOf(limit + 1)), 413, tooLarge)
    expectError(await createRaw(inPieces(bodyOf(limit + 1))), 413, tooLarge)
    expect(await list()).toStrictEqual([])
    expect((await createRaw(bodyOf(limit))).status).toBe(201)
    expect((await createRaw(inPieces(bodyOf(limit)))).status).toBe(201)
  })
})
