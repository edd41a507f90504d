import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aTime, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import { follow } from '../../support/raw.ts'
import { describeOwnership, describePages, missingId, walk } from '../../support/rules.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'

interface ChatFile {
  id: number
  title: string
  text: string
  language: string
  extension: string
  neptun_user_id: number
  chat_conversation_id: number
  chat_conversation_message_id: number
  created_at: string
  updated_at: string
}

interface ChatMessage {
  id: number
  chat_conversation_id: number
  actor: 'user' | 'assistant'
  message: string
  created_at: string
  updated_at: string
  files?: ChatFile[]
}

interface GetChatMessagesResponse {
  chatMessages: ChatMessage[]
}

interface GetChatMessagesError {
  statusCode: number
  statusMessage: string
  data: { message: string }
}

const ChatFileModel = z.object({
  id: z.int(),
  title: z.string(),
  text: z.string(),
  language: z.string(),
  extension: z.string(),
  neptun_user_id: z.int(),
  chat_conversation_id: z.int(),
  chat_conversation_message_id: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})

const GetChatMessagesResponseModel = z.object({
  chatMessages: z.array(z.object({
    id: z.int(),
    chat_conversation_id: z.int(),
    actor: z.enum(['user', 'assistant']),
    message: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    files: z.array(ChatFileModel).optional(),
  })),
})

/** GET /api/users/[user_id]/chats/[chat_id]/messages */
const pathOf = (person: { id: number | string }, chat: { id: number | string }) => `/api/users/${person.id}/chats/${chat.id}/messages`

const contentsOf = (body: { chatMessages: { content: string }[] }) => body.chatMessages.map(message => message.content)

/** Somebody with an empty chat. */
async function somebody() {
  const person = await signedInUser()
  const chat: { id: number } = await chatOf(person)
  const path = pathOf(person, chat)
  return {
    person,
    chat,
    path,
    add: (...messages: (string | object)[]) => messagesIn(person, chat, ...messages),
    list: async (query = '') => (await person.get(path + query)).body,
  }
}

const example = { title: 'example.py', text: 'print(\'Hello\')', language: 'python', extension: 'py' }

describe('the list of the messages of a chat', () => {
  it('has every field of the page in both of its spellings, and no other', async () => {
    const { person, chat, path, add } = await somebody()
    const [message] = await add({ message: 'Hello, how can I help you?', actor: 'user', files: [example] })
    expectJson(await person.get(path), 200, {
      chatMessages: [{
        id: message.id,
        chat_conversation_id: chat.id,
        neptun_user_id: person.id,
        role: 'user',
        actor: 'user',
        content: 'Hello, how can I help you?',
        message: 'Hello, how can I help you?',
        created_at: aTime,
        updated_at: aTime,
        files: [{
          id: expect.any(Number),
          neptun_user_id: person.id,
          chat_conversation_id: chat.id,
          chat_conversation_message_id: message.id,
          title: 'example.py',
          text: 'print(\'Hello\')',
          language: 'python',
          extension: 'py',
          name: 'example.py',
          size: 14,
          type: expect.stringMatching(/^text\//),
          url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/),
          created_at: aTime,
          updated_at: aTime,
        }],
      }],
    })
  })

  it('is what the interface and the model of the page say', async () => {
    const { add, list } = await somebody()
    await add({ message: 'What is this?', files: [example, { title: 'notes', text: '' }] }, { message: 'Python', actor: 'assistant' })
    const body = await list()
    const response: GetChatMessagesResponse = GetChatMessagesResponseModel.parse(body)
    expect(body).toMatchObject(response)
    expect(response.chatMessages.map(message => message.files?.length)).toStrictEqual([2, 0])
  })

  it('is empty where nobody has said anything', async () => {
    const { list } = await somebody()
    expect(await list()).toStrictEqual({ chatMessages: [] })
  })

  it('has nothing of another chat', async () => {
    const { person, add, list } = await somebody()
    const other = await chatOf(person)
    await messagesIn(person, other, { message: 'there', files: [example] })
    await add('here')
    expect(contentsOf(await list())).toStrictEqual(['here'])
  })

  it('tells of user, assistant and system who said it, however it was sent', async () => {
    const { add, list } = await somebody()
    const sent = [{ message: 'Be brief.', actor: 'system' }, { content: 'Hi', role: 'user' }, { content: 'Hello', actor: 'assistant' }, { message: 'Bye', role: 'user', actor: 'user', content: 'Bye' }]
    await add(...sent.map(message => ({ actor: undefined, ...message })))
    const said = (await list()).chatMessages.map((said: Record<string, string>) => [said.role, said.actor, said.content, said.message])
    expect(said).toStrictEqual([
      ['system', 'system', 'Be brief.', 'Be brief.'],
      ['user', 'user', 'Hi', 'Hi'],
      ['assistant', 'assistant', 'Hello', 'Hello'],
      ['user', 'user', 'Bye', 'Bye'],
    ])
  })

  it('gives back every character as it was sent', async () => {
    const { add, list } = await somebody()
    const said = ['  two spaces  ', '\r\n\t', '\uFEFFGrüße, 世界 😀', 'e\u0301 is not \u00E9', '\u0001\u007F', '"\\\'</script>$1{}']
    await add(...said)
    expect(contentsOf(await list())).toStrictEqual(said)
  })

  it('says of a neighbour\'s chat what the page says of a missing one', async () => {
    const [{ person: ada, chat }, eve] = [await somebody(), await signedInUser()]
    const answer = await eve.get(pathOf(eve, chat))
    expectError(answer, 404, 'Chat not found')
    const error: GetChatMessagesError = answer.body
    expect(error).toMatchObject({ statusCode: 404, statusMessage: 'Not Found', data: { message: 'Chat not found' } })
    expect((await ada.get(pathOf(ada, { id: missingId }))).text).toBe(answer.text)
  })

  describeOwnership({ method: 'GET', of: 'chat', path: (user, chat) => pathOf({ id: user }, { id: chat }) })

  describePages({
    key: 'chatMessages',
    otherOrder: 'id:desc',
    async listOf(person, count) {
      const chat = await chatOf(person)
      if (count > 0) await messagesIn(person, chat, ...Array.from({ length: count }, (_, i) => `Message ${i}`))
      return { path: pathOf(person, chat), addOne: () => messagesIn(person, chat, 'Added meanwhile') }
    },
  })
})

describe('the order of the messages of a chat', () => {
  it('is the one in which they were added, over all requests', async () => {
    const { person, path, add, list } = await somebody()
    const said = Array.from({ length: 60 }, (_, i) => String(i))
    await add(...said.slice(0, 25))
    await person.post(path, { message: said[25], actor: 'user' })
    await add(...said.slice(26))
    const { chatMessages } = await list()
    expect(contentsOf({ chatMessages })).toStrictEqual(said)
    const times = chatMessages.map((message: ChatMessage) => message.created_at)
    expect(times).toStrictEqual(times.toSorted())
    expect(await list('?order_by=id:asc')).toStrictEqual({ chatMessages })
    expect(await list('?order_by=id:desc')).toStrictEqual({ chatMessages: chatMessages.toReversed() })
  })

  it.each(['id:asc', 'id:desc'])('holds from page to page: %s', async (order_by) => {
    const { person, path, add, list } = await somebody()
    await add(...Array.from({ length: 7 }, (_, i) => ({ message: String(i), files: [{ title: `${i}.md`, text: String(i) }] })))
    const pages = await walk(person, path, 'chatMessages', { order_by, limit: 3 })
    expect(pages.map(page => page.length)).toStrictEqual([3, 3, 1])
    const expected = contentsOf(await list(`?order_by=${order_by}`))
    expect(contentsOf({ chatMessages: pages.flat() })).toStrictEqual(expected)
    expect(pages.flat().map(message => message.files[0].text)).toStrictEqual(expected)
  })

  it.each(['created_at:asc', 'updated_at:desc', 'name:asc', 'role:asc', 'id', 'id:up', 'id:asc,id:desc', 'id:asc,created_at:asc', ''])('cannot be %j', async (order_by) => {
    const { person, path } = await somebody()
    expectInvalid(await person.get(`${path}?order_by=${order_by}`), 'Invalid query(order_by)', 'order_by')
  })

  it('is given once', async () => {
    const { person, path } = await somebody()
    expectInvalid(await person.get(`${path}?order_by=id:asc&order_by=id:asc`), 'Invalid query(order_by)', 'order_by')
  })
})

describe('the files of a message', () => {
  it('come with the message that they were added to, in the order in which they were added', async () => {
    const { person, path, add, list } = await somebody()
    const [first] = await add({ message: 'one', files: [{ title: 'a.txt', text: 'a' }, { title: 'b.txt', text: 'b' }] }, { message: 'two', files: [{ title: 'c.txt', text: 'c' }] }, 'three')
    await person.post(path.replace(/messages$/, `files/${first.id}`), { title: 'd.txt', text: 'd' })
    const texts = (await list()).chatMessages.map((message: ChatMessage) => message.files!.map(file => file.text))
    expect(texts).toStrictEqual([['a', 'b', 'd'], ['c'], []])
  })

  it.each([
    ['as large as fits', 'é'.repeat(128 * 1024), true],
    ['larger than 256 KiB', `${'é'.repeat(128 * 1024)}x`, false],
    ['empty', '', true],
    ['anything that is text', '\uFEFFa\r\nb\u0001 😀', true],
  ])('hold their text, %s, or have it at their url', async (_, text, isInline) => {
    const { add, list } = await somebody()
    await add({ message: 'Look', files: [{ title: 'large.txt', text }] })
    const [file] = (await list()).chatMessages[0].files
    expect(file.text === (isInline ? text : '')).toBe(true)
    expect(file.size).toBe(Buffer.byteLength(text))
    expect((await follow(file.url)).bytes.equals(Buffer.from(text))).toBe(true)
  })
})
