import { describe, expect, it } from 'vitest'
import { aTime, blamed, errorBody, invalidBody } from '../../support/expect.ts'
import { chatOf, messagesIn, signedInUser, type Person } from '../../support/world.ts'
import type { Json } from '../../support/http.ts'

const pathOf = (person: { id: number }, chat: { id: number }) => `/api/users/${person.id}/chats/${chat.id}/messages`
const complaint = 'Invalid body(message, content, actor, role, files, messages)'

async function someoneWithChat() {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const path = pathOf(ada, chat)
  const contents = async () => (await ada.get(path)).body.chatMessages.map(({ content }: { content: string }) => content)
  return { ada, chat, path, contents, add: (body: unknown) => ada.post(path, body) }
}

const said = (message: string) => ({ message, actor: 'user' })
const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))

describe('one message', () => {
  it('is answered with 201 and all its fields, and no other', async () => {
    const { ada, chat, add } = await someoneWithChat()
    const { status, body } = await add(said('Hello'))
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      chatMessage: {
        id: expect.any(Number),
        chat_conversation_id: chat.id,
        neptun_user_id: ada.id,
        role: 'user',
        actor: 'user',
        content: 'Hello',
        message: 'Hello',
        created_at: aTime,
        updated_at: aTime,
        files: [],
      },
    })
  })

  it('is listed as it was answered', async () => {
    const { ada, path, add } = await someoneWithChat()
    const { body } = await add({ ...said('Look'), files: [{ title: 'a.py', text: 'pass' }] })
    const { chatMessages: [listed] } = (await ada.get(path)).body
    const withoutUrl = (message: typeof listed) => ({ ...message, files: message.files.map((file: object) => ({ ...file, url: '' })) })
    expect(withoutUrl(listed)).toStrictEqual(withoutUrl(body.chatMessage))
  })

  it.each(['user', 'assistant', 'system'])('is said by the %s', async (actor) => {
    const { add } = await someoneWithChat()
    expect((await add({ message: 'Hi', actor })).body.chatMessage).toMatchObject({ actor, role: actor })
  })

  it.each([
    ['message and actor', { message: 'Hi', actor: 'assistant' }],
    ['content and role', { content: 'Hi', role: 'assistant' }],
    ['message and role', { message: 'Hi', role: 'assistant' }],
    ['content and actor', { content: 'Hi', actor: 'assistant' }],
    ['both, where they agree', { message: 'Hi', content: 'Hi', actor: 'assistant', role: 'assistant' }],
  ])('may be spelled with %s', async (_, body) => {
    const { add } = await someoneWithChat()
    const answer = await add(body)
    expect(answer.status).toBe(201)
    expect(answer.body.chatMessage).toMatchObject({ message: 'Hi', content: 'Hi', actor: 'assistant', role: 'assistant' })
  })

  it.each([
    ['nothing', {}, ['message', 'actor']],
    ['no actor', { message: 'Hi' }, ['actor']],
    ['no message', { actor: 'user' }, ['message']],
    ['an empty message', { message: '', actor: 'user' }, ['message']],
    ['an empty content', { content: '', role: 'user' }, ['content']],
    ['a message that is null', { message: null, actor: 'user' }, ['message']],
    ['a message that is a number', { message: 1, actor: 'user' }, ['message']],
    ['a message with a NUL', { message: 'a\0', actor: 'user' }, ['message']],
    ['a message with half an emoji', { message: '\udc00', actor: 'user' }, ['message']],
    ['another actor', { message: 'Hi', actor: 'tool' }, ['actor']],
    ['an actor in another case', { message: 'Hi', actor: 'User' }, ['actor']],
    ['two actors', { message: 'Hi', actor: 'user', role: 'assistant' }, ['actor']],
    ['two messages', { message: 'Hi', content: 'Ho', actor: 'user' }, ['message']],
    ['files that are no list', { message: 'Hi', actor: 'user', files: {} }, ['files']],
    ['a file without a title', { message: 'Hi', actor: 'user', files: [{ text: '' }] }, ['files']],
    ['a list of messages that is null', { messages: null }, ['messages']],
    ['an empty list of messages', { messages: [] }, ['messages']],
    ['messages that are an object', { messages: { 0: said('Hi') } }, ['messages']],
    ['a message within the list that is a text', { messages: ['Hi'] }, ['messages']],
  ])('is refused for a body that has %s, and the fields are named', async (_, body, fields) => {
    const { add, contents } = await someoneWithChat()
    const answer = await add(body)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody(complaint))
    expect(blamed(answer)).toStrictEqual(fields)
    expect(await contents()).toStrictEqual([])
  })

  it.each([
    ['a single space', ' '],
    ['white space around it', '\n  Hi\t\r\n'],
    ['an emoji of several', '👩🏽‍🚀 🏳️‍🌈'],
    ['combining characters, in either order of composition', 'e\u0301 \u00e9 a\u0323\u0302'],
    ['right to left', 'שלום ‏مرحبا\u202e abc'],
    ['a byte order mark', '\ufeffHi\ufeff'],
    ['line separators', 'a\u2028b\u2029c'],
    ['control characters', '\u0001\u001b[31m\u007f\u0085'],
    ['noncharacters', '\uffff\ufdd0\u{10ffff}'],
    ['backslashes and quotes', '\\0 \\u0000 \' " \\\\ $1 %s {}'],
    ['markup', '<script>alert(1)</script>&amp;'],
  ])('is kept as it is: %s', async (_, message) => {
    const { add, contents } = await someoneWithChat()
    expect((await add(said(message))).body.chatMessage.content).toBe(message)
    expect(await contents()).toStrictEqual([message])
  })

  it.each([['letters', 'a'], ['emoji', '🦊']])('has up to 1,000,000 characters: %s', async (_, character) => {
    const { add, contents } = await someoneWithChat()
    const longest = character.repeat(1_000_000)
    expect((await add(said(longest + character))).body.message).toBe(complaint)
    expect((await add(said(longest))).status).toBe(201)
    expect((await contents())[0] === longest).toBe(true)
  })
})

describe('several messages', () => {
  it('are answered with 201 and listed in the given order', async () => {
    const { add, contents } = await someoneWithChat()
    const given = times(50, i => `Message ${i % 7} ${i}`)
    const { status, body } = await add({ messages: given.map(said) })
    expect(status).toBe(201)
    expect(Object.keys(body)).toStrictEqual(['chatMessages'])
    expect(body.chatMessages.map(({ content }: { content: string }) => content)).toStrictEqual(given)
    expect(await contents()).toStrictEqual(given)
  })

  it('are answered as a list even if there is only one', async () => {
    const { add } = await someoneWithChat()
    expect((await add({ messages: [said('Hi')] })).body.chatMessages).toHaveLength(1)
  })

  it('keep their files, each its own, in the given order', async () => {
    const { add } = await someoneWithChat()
    const messages = times(3, i => ({ ...said(`${i}`), files: times(i, j => ({ title: `${i}-${j}.txt`, text: `${i}${j}` })) }))
    const { body } = await add({ messages })
    expect(body.chatMessages.map(({ id, files }: Json) =>
      files.map((file: Json) => [file.chat_conversation_message_id === id, file.name, file.text])))
      .toStrictEqual([[], [[true, '1-0.txt', '10']], [[true, '2-0.txt', '20'], [true, '2-1.txt', '21']]])
  })

  it('may be 1,000, and not 1,001', async () => {
    const { add, contents } = await someoneWithChat()
    const messages = times(1001, i => said(`${i}`))
    expect((await add({ messages })).body.message).toBe(complaint)
    expect((await add({ messages: messages.slice(1) })).status).toBe(201)
    expect(await contents()).toHaveLength(1000)
  })

  it.each([
    ['without a content', { actor: 'user' }],
    ['of somebody unknown', { message: 'Hi', actor: 'nobody' }],
    ['with a NUL', said('\0')],
    ['with a bad file', { ...said('Hi'), files: [{ title: '', text: '' }] }],
    ['that is null', null],
  ])('are stored all or not at all: one %s in their middle', async (_, bad) => {
    const { ada, chat, add, contents } = await someoneWithChat()
    const answer = await add({ messages: [said('One'), bad, said('Three')] })
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody(complaint))
    expect(answer.body.data.issues[0].path.slice(0, 2)).toStrictEqual(['messages', 1])
    expect(await contents()).toStrictEqual([])
    const { chats: [after] } = (await ada.get(`/api/users/${ada.id}/projects/${await projectIdOf(ada)}/chats`)).body
    expect(after.updated_at).toBe(chat.updated_at)
  })

  it('stay together and in order when ten such lists arrive at once', async () => {
    const { add, contents } = await someoneWithChat()
    const batches = times(10, batch => times(20, i => `${batch}:${i}`))
    const answers = await Promise.all(batches.map(batch => add({ messages: batch.map(said) })))
    expect(answers.map(({ status }) => status)).toStrictEqual(times(10, () => 201))
    const listed: string[] = await contents()
    const order = times(10, i => Number(listed[i * 20]!.split(':')[0]))
    expect(listed).toStrictEqual(order.flatMap(batch => batches[batch]!))
  })
})

describe('files that come with messages', () => {
  const file = (i: number) => ({ title: `${i}.txt`, text: `${i}` })

  it('may be 100 in one message, and not 101', async () => {
    const { add, contents } = await someoneWithChat()
    expect((await add({ ...said('Many'), files: times(101, file) })).body.message).toBe(complaint)
    expect(await contents()).toStrictEqual([])
    const { body } = await add({ ...said('Many'), files: times(100, file) })
    expect(body.chatMessage.files.map(({ name }: { name: string }) => name)).toStrictEqual(times(100, i => `${i}.txt`))
  })

  it('may be 100 in all the messages of one request, and not 101', async () => {
    const { add, contents } = await someoneWithChat()
    const withFiles = (n: number) => ({ ...said('Many'), files: times(n, file) })
    expect((await add({ messages: [withFiles(60), withFiles(41)] })).body.message).toBe(complaint)
    expect(await contents()).toStrictEqual([])
    expect((await add({ messages: [withFiles(60), withFiles(40)] })).status).toBe(201)
  })
})

describe('a chat that is written into', () => {
  it('becomes the latest of its project', async () => {
    const ada = await signedInUser()
    const older = await chatOf(ada, { name: 'Older' })
    const { body: { projects: [project] } } = await ada.get(`/api/users/${ada.id}/projects`)
    await chatOf(ada, { name: 'Newer' }, project)
    const [message] = await messagesIn(ada, older, 'Hi')
    const { chats: [latest] } = (await ada.get(`/api/users/${ada.id}/projects/${project.id}/chats`)).body
    expect(latest.id).toBe(older.id)
    expect(latest.created_at).toBe(older.created_at)
    expect(latest.updated_at > older.updated_at).toBe(true)
    expect(latest.updated_at <= message.created_at).toBe(true)
  })

  it('has to be the own', async () => {
    const { ada, chat, contents } = await someoneWithChat()
    const eve = await signedInUser()
    const { status, body } = await eve.post(pathOf(eve, chat), said('Mine now'))
    expect(status).toBe(404)
    expect(body).toStrictEqual(errorBody(404, 'Chat not found'))
    expect((await eve.post(pathOf(ada, chat), said('Mine now'))).body).toStrictEqual(errorBody(404, 'User not found'))
    expect(await contents()).toStrictEqual([])
  })
})

async function projectIdOf(person: Person): Promise<number> {
  return (await person.get(`/api/users/${person.id}/projects`)).body.projects[0].id
}
