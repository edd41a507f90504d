import { describe, expect, it } from 'vitest'
import type { Schemas } from '#client/index'
import { anyTimestamp, errorBody, issueFields, validationErrorBody } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser, type TestUser } from '../../support/factories.ts'

const pathOf = (person: { id: number }, chat: { id: number }) =>
  `/api/users/${person.id}/chats/${chat.id}/messages` as const
const validationError = 'Invalid body(message, content, actor, role, files, messages)'

async function userWithChat() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const path = pathOf(owner, chat)
  const listContents = async () => (await owner.get(path)).body.chatMessages.map(({ content }) => content)
  return { owner, chat, path, listContents, append: (body: unknown) => owner.post(path, body) }
}

const userMessage = (message: string) => ({ message, actor: 'user' })
const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))

describe('POST a message', () => {
  it('returns 201 with exactly the documented fields', async () => {
    const { owner, chat, append } = await userWithChat()
    const { status, body } = await append(userMessage('Hello'))
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      chatMessage: {
        id: expect.any(Number),
        chat_conversation_id: chat.id,
        neptun_user_id: owner.id,
        role: 'user',
        actor: 'user',
        content: 'Hello',
        message: 'Hello',
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
        files: [],
      },
    })
  })

  it('returns the message as the list shows it', async () => {
    const { owner, path, append } = await userWithChat()
    const { body } = await append({ ...userMessage('Look'), files: [{ title: 'a.py', text: 'pass' }] })
    const listed = (await owner.get(path)).body.chatMessages[0]!
    const withoutUrl = (message: Schemas['Message']) =>
      ({ ...message, files: message.files.map(file => ({ ...file, url: '' })) })
    expect(withoutUrl(listed)).toStrictEqual(withoutUrl(body.chatMessage))
  })

  it.each(['user', 'assistant', 'system'])('accepts %s as actor', async (actor) => {
    const { append } = await userWithChat()
    expect((await append({ message: 'Hi', actor })).body.chatMessage).toMatchObject({ actor, role: actor })
  })

  it.each([
    ['message and actor', { message: 'Hi', actor: 'assistant' }],
    ['content and role', { content: 'Hi', role: 'assistant' }],
    ['message and role', { message: 'Hi', role: 'assistant' }],
    ['content and actor', { content: 'Hi', actor: 'assistant' }],
    ['all four with equal values', { message: 'Hi', content: 'Hi', actor: 'assistant', role: 'assistant' }],
  ])('accepts %s', async (_, body) => {
    const { append } = await userWithChat()
    const response = await append(body)
    expect(response.status).toBe(201)
    expect(response.body.chatMessage)
      .toMatchObject({ message: 'Hi', content: 'Hi', actor: 'assistant', role: 'assistant' })
  })

  it.each([
    ['no fields', {}, ['message', 'actor']],
    ['no actor', { message: 'Hi' }, ['actor']],
    ['no message', { actor: 'user' }, ['message']],
    ['an empty message', { message: '', actor: 'user' }, ['message']],
    ['an empty content', { content: '', role: 'user' }, ['content']],
    ['a null message', { message: null, actor: 'user' }, ['message']],
    ['a numeric message', { message: 1, actor: 'user' }, ['message']],
    ['a NUL character in the message', { message: 'a\0', actor: 'user' }, ['message']],
    ['a lone surrogate in the message', { message: '\udc00', actor: 'user' }, ['message']],
    ['an unknown actor', { message: 'Hi', actor: 'tool' }, ['actor']],
    ['a capitalized actor', { message: 'Hi', actor: 'User' }, ['actor']],
    ['conflicting actor and role', { message: 'Hi', actor: 'user', role: 'assistant' }, ['actor']],
    ['conflicting message and content', { message: 'Hi', content: 'Ho', actor: 'user' }, ['message']],
    ['an object as files', { message: 'Hi', actor: 'user', files: {} }, ['files']],
    ['a file without a text', { message: 'Hi', actor: 'user', files: [{ title: 'a' }] }, ['files']],
    ['null as messages', { messages: null }, ['messages']],
    ['an empty list of messages', { messages: [] }, ['messages']],
    ['an object as messages', { messages: { 0: userMessage('Hi') } }, ['messages']],
    ['a string in the list of messages', { messages: ['Hi'] }, ['messages']],
  ])('rejects a body with %s and names the invalid fields', async (_, body, fields) => {
    const { append, listContents } = await userWithChat()
    const response = await append(body)
    expect(response.status).toBe(400)
    expect(response.body).toStrictEqual(validationErrorBody(validationError))
    expect(issueFields(response)).toStrictEqual(fields)
    expect(await listContents()).toStrictEqual([])
  })

  it.each([
    ['a single space', ' '],
    ['surrounding whitespace', '\n  Hi\t\r\n'],
    ['emoji of several code points', '👩🏽‍🚀 🏳️‍🌈'],
    ['combining characters, composed and decomposed', 'e\u0301 \u00e9 a\u0323\u0302'],
    ['right-to-left text', 'שלום ‏مرحبا\u202e abc'],
    ['a byte order mark', '\ufeffHi\ufeff'],
    ['line separators', 'a\u2028b\u2029c'],
    ['control characters', '\u0001\u001b[31m\u007f\u0085'],
    ['noncharacters', '\uffff\ufdd0\u{10ffff}'],
    ['backslashes and quotes', '\\0 \\u0000 \' " \\\\ $1 %s {}'],
    ['markup', '<script>alert(1)</script>&amp;'],
  ])('stores %s unchanged', async (_, message) => {
    const { append, listContents } = await userWithChat()
    expect((await append(userMessage(message))).body.chatMessage.content).toBe(message)
    expect(await listContents()).toStrictEqual([message])
  })

  it.each([['letters', 'a'], ['emoji', '🦊']])('accepts 1,000,000 %s and rejects one more', async (_, character) => {
    const { append, listContents } = await userWithChat()
    const longest = character.repeat(1_000_000)
    expect((await append(userMessage(longest + character))).error.message).toBe(validationError)
    expect((await append(userMessage(longest))).status).toBe(201)
    expect((await listContents())[0] === longest).toBe(true)
  })
})

describe('POST a list of messages', () => {
  it('returns 201 and keeps the given order', async () => {
    const { append, listContents } = await userWithChat()
    const given = times(50, i => `Message ${i % 7} ${i}`)
    const { status, body } = await append({ messages: given.map(userMessage) })
    expect(status).toBe(201)
    expect(Object.keys(body)).toStrictEqual(['chatMessages'])
    expect(body.chatMessages.map(({ content }) => content)).toStrictEqual(given)
    expect(await listContents()).toStrictEqual(given)
  })

  it('returns a list even for a single message', async () => {
    const { append } = await userWithChat()
    expect((await append({ messages: [userMessage('Hi')] })).body.chatMessages).toHaveLength(1)
  })

  it('stores the files of each message in the given order', async () => {
    const { append } = await userWithChat()
    const filesOf = (i: number) => times(i, j => ({ title: `${i}-${j}.txt`, text: `${i}${j}` }))
    const messages = times(3, i => ({ ...userMessage(`${i}`), files: filesOf(i) }))
    const { body } = await append({ messages })
    expect(body.chatMessages.map(({ id, files }) =>
      files.map(file => [file.chat_conversation_message_id === id, file.name, file.text])))
      .toStrictEqual([[], [[true, '1-0.txt', '10']], [[true, '2-0.txt', '20'], [true, '2-1.txt', '21']]])
  })

  it('accepts 1,000 messages and rejects 1,001', async () => {
    const { append, listContents } = await userWithChat()
    const messages = times(1001, i => userMessage(`${i}`))
    expect((await append({ messages })).error.message).toBe(validationError)
    expect((await append({ messages: messages.slice(1) })).status).toBe(201)
    expect(await listContents()).toHaveLength(1000)
  })

  it.each([
    ['has no content', { actor: 'user' }],
    ['has an unknown actor', { message: 'Hi', actor: 'nobody' }],
    ['contains a NUL character', userMessage('\0')],
    ['has an invalid file', { ...userMessage('Hi'), files: [{ title: 'a' }] }],
    ['is null', null],
  ])('stores nothing when one message %s', async (_, invalid) => {
    const { owner, chat, append, listContents } = await userWithChat()
    const response = await append({ messages: [userMessage('One'), invalid, userMessage('Three')] })
    expect(response.status).toBe(400)
    expect(response.body).toStrictEqual(validationErrorBody(validationError))
    expect(response.error.data.issues[0]!.path.slice(0, 2)).toStrictEqual(['messages', '1'])
    expect(await listContents()).toStrictEqual([])
    const projectId = await projectIdOf(owner)
    const { chats: [after] } = (await owner.get(`/api/users/${owner.id}/projects/${projectId}/chats`)).body
    expect(after!.updated_at).toBe(chat.updated_at)
  })
})

describe('POST messages with files', () => {
  const file = (i: number) => ({ title: `${i}.txt`, text: `${i}` })

  it('accepts 100 files in one message and rejects 101', async () => {
    const { append, listContents } = await userWithChat()
    expect((await append({ ...userMessage('Many'), files: times(101, file) })).error.message).toBe(validationError)
    expect(await listContents()).toStrictEqual([])
    const { body } = await append({ ...userMessage('Many'), files: times(100, file) })
    expect(body.chatMessage.files.map(({ name }) => name)).toStrictEqual(times(100, i => `${i}.txt`))
  })

  it('accepts 100 files across all messages of a request and rejects 101', async () => {
    const { append, listContents } = await userWithChat()
    const withFiles = (n: number) => ({ ...userMessage('Many'), files: times(n, file) })
    expect((await append({ messages: [withFiles(60), withFiles(41)] })).error.message).toBe(validationError)
    expect(await listContents()).toStrictEqual([])
    expect((await append({ messages: [withFiles(60), withFiles(40)] })).status).toBe(201)
  })
})

describe('the chat of a new message', () => {
  it('moves to the top of its project', async () => {
    const owner = await signedInUser()
    const older = await createChat(owner, { name: 'Older' })
    const project = { id: await projectIdOf(owner) }
    await createChat(owner, { name: 'Newer' }, project)
    const [message] = await appendMessages(owner, older, 'Hi')
    const latest = (await owner.get(`/api/users/${owner.id}/projects/${project.id}/chats`)).body.chats[0]!
    expect(latest.id).toBe(older.id)
    expect(latest.created_at).toBe(older.created_at)
    expect(latest.updated_at > older.updated_at).toBe(true)
    expect(latest.updated_at <= message.created_at).toBe(true)
  })

  it('must belong to the caller', async () => {
    const { owner, chat, listContents } = await userWithChat()
    const eve = await signedInUser()
    const message = userMessage('Mine now')
    const { status, body } = await eve.post(pathOf(eve, chat), message)
    expect(status).toBe(404)
    expect(body).toStrictEqual(errorBody(404, 'Chat not found'))
    expect((await eve.post(pathOf(owner, chat), message)).body).toStrictEqual(errorBody(404, 'User not found'))
    expect(await listContents()).toStrictEqual([])
  })
})

async function projectIdOf(person: TestUser): Promise<number> {
  return (await person.get(`/api/users/${person.id}/projects`)).body.projects[0]!.id
}
