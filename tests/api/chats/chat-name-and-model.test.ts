import { describe, expect, it } from 'vitest'
import { expectInvalid } from '../../support/expect.ts'
import { userWithProject, validChat } from './fixtures.ts'

describe('the name of a new chat', () => {
  it.each([
    ['surrounded by white space, which is trimmed', '  Project\tDiscussion \r\n', 'Project\tDiscussion'],
    ['one character long', 'x', 'x'],
    ['255 characters long', 'x'.repeat(255), 'x'.repeat(255)],
    ['255 characters long after trimming', ` ${'x'.repeat(255)} `, 'x'.repeat(255)],
    ['255 emoji long, each counted as one character', '😀'.repeat(255), '😀'.repeat(255)],
    [
      'in any script',
      'Grüße, 世界 \u202E \u0001 \'; drop table chats; --',
      'Grüße, 世界 \u202E \u0001 \'; drop table chats; --',
    ],
  ])('may be %s', async (_, name, stored) => {
    const { create, list } = await userWithProject()
    const { status, body } = await create({ ...validChat, name })
    expect(status).toBe(201)
    expect(body.chat.name).toBe(stored)
    expect(await list()).toStrictEqual([body.chat])
  })

  it.each([
    ['empty', ''],
    ['blank', ' \t\r\n\u00A0'],
    ['256 characters long', 'x'.repeat(256)],
    ['256 emoji long', '😀'.repeat(256)],
    ['a string with a NUL', 'a\0b'],
    ['a number', 7],
    ['null', null],
    ['a boolean', true],
    ['an array', ['x']],
    ['an object', { x: 1 }],
    ['missing', undefined],
  ])('must not be %s', async (_, name) => {
    const { create, list } = await userWithProject()
    expectInvalid(await create({ ...validChat, name }), 'Invalid body(model, name)', 'name')
    expect(await list()).toStrictEqual([])
  })

  it.each([
    '\\ud800', '\\udc00', 'a\\ud83d', '\\udc00\\ud800', '\\u0000',
  ])('must not contain the JSON escape %s', async (escaped) => {
    const { createRaw, list } = await userWithProject()
    const json = `{"model":"google/gemma-2-27b-it","name":"${escaped}"}`
    expectInvalid(await createRaw(json), 'Invalid body(model, name)', 'name')
    expect(await list()).toStrictEqual([])
  })

  it('may contain an escaped surrogate pair', async () => {
    const { createRaw } = await userWithProject()
    const { body } = await createRaw('{"model":"google/gemma-2-27b-it","name":"\\ud83d\\ude00"}')
    expect(body.chat.name).toBe('😀')
  })
})

describe('the model of a new chat', () => {
  it.each([
    'google/gemma-2-27b-it', 'mistralai/Mistral-7B-Instruct-v0.3', 'openai/gpt-4.1:free', 'a/b', '0/1',
    'a_b.c:d-e/._:-', `p/${'m'.repeat(198)}`,
  ])('may be %s', async (model) => {
    const { create } = await userWithProject()
    const { status, body } = await create({ ...validChat, model })
    expect(status).toBe(201)
    expect(body.chat.model).toBe(model)
  })

  it.each([
    '', ' ', 'gemma', '/', '/gemma', 'google/', 'google//gemma', 'google/gemma/2', 'google/gem ma', ' google/gemma',
    'google/gemma ', 'google/gemma\n', 'google\\gemma', 'google/gemma?', 'google/gemma@2', 'google/gemma\0',
    'google/😀', 7, null, true, ['google/gemma'], {}, undefined, `p/${'m'.repeat(199)}`,
  ].map(model => [model]))('must not be %j', async (model) => {
    const { create, list } = await userWithProject()
    expectInvalid(await create({ ...validChat, model }), 'Invalid body(model, name)', 'model')
    expect(await list()).toStrictEqual([])
  })
})
