import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anyTimestamp, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, missingId, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { describeOwnership, describePagination, fetchPages } from '../../support/shared-suites.ts'

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

interface GetChatMessagesResponse { chatMessages: ChatMessage[] }

interface GetChatMessagesError { statusCode: number, statusMessage: string, data: { message: string } }

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

const pathOf = (userId: number | string, chatId: number | string) =>
  `/api/users/${userId}/chats/${chatId}/messages` as const

const contentsOf = (body: { chatMessages: { content: string }[] }) => body.chatMessages.map(message => message.content)

async function userWithChat() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const path = pathOf(owner.id, chat.id)
  const append = (...messages: (string | object)[]) => appendMessages(owner, chat, ...messages)
  const list = async (query = '') => (await owner.get(`${path}${query}`)).body
  return { owner, chat, path, append, list }
}

const example = { title: 'example.py', text: 'print(\'Hello\')', language: 'python', extension: 'py' }

describe('GET /api/users/[user_id]/chats/[chat_id]/messages', () => {
  it('returns exactly the documented fields, under both of their names', async () => {
    const { owner, chat, path, append } = await userWithChat()
    const [message] = await append({ message: 'Hello, how can I help you?', actor: 'user', files: [example] })
    expectJson(await owner.get(path), 200, {
      chatMessages: [{
        id: message.id,
        chat_conversation_id: chat.id,
        neptun_user_id: owner.id,
        role: 'user',
        actor: 'user',
        content: 'Hello, how can I help you?',
        message: 'Hello, how can I help you?',
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
        files: [{
          id: expect.any(Number),
          neptun_user_id: owner.id,
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
          created_at: anyTimestamp,
          updated_at: anyTimestamp,
        }],
      }],
    })
  })

  it('matches the documented interface and Zod model', async () => {
    const { append, list } = await userWithChat()
    const files = [example, { title: 'notes', text: '' }]
    await append({ message: 'What is this?', files }, { message: 'Python', actor: 'assistant' })
    const body = await list()
    const response: GetChatMessagesResponse = GetChatMessagesResponseModel.parse(body)
    expect(body).toMatchObject(response)
    expect(response.chatMessages.map(message => message.files?.length)).toStrictEqual([2, 0])
  })

  it('returns an empty list for an empty chat', async () => {
    const { list } = await userWithChat()
    expect(await list()).toStrictEqual({ chatMessages: [] })
  })

  it('excludes the messages of other chats', async () => {
    const { owner, append, list } = await userWithChat()
    const other = await createChat(owner)
    await appendMessages(owner, other, { message: 'there', files: [example] })
    await append('here')
    expect(contentsOf(await list())).toStrictEqual(['here'])
  })

  it('returns the role under both names, whichever was sent', async () => {
    const { append, list } = await userWithChat()
    const sent = [
      { message: 'Be brief.', actor: 'system' },
      { content: 'Hi', role: 'user' },
      { content: 'Hello', actor: 'assistant' },
      { message: 'Bye', role: 'user', actor: 'user', content: 'Bye' },
    ]
    await append(...sent.map(message => ({ actor: undefined, ...message })))
    const { chatMessages } = await list()
    expect(chatMessages.map(({ role, actor, content, message }) => [role, actor, content, message])).toStrictEqual([
      ['system', 'system', 'Be brief.', 'Be brief.'],
      ['user', 'user', 'Hi', 'Hi'],
      ['assistant', 'assistant', 'Hello', 'Hello'],
      ['user', 'user', 'Bye', 'Bye'],
    ])
  })

  it('returns every character unchanged', async () => {
    const { append, list } = await userWithChat()
    const contents = [
      '  two spaces  ', '\r\n\t', '\uFEFFGrüße, 世界 😀', 'e\u0301 is not \u00E9', '\u0001\u007F', '"\\\'</script>$1{}',
    ]
    await append(...contents)
    expect(contentsOf(await list())).toStrictEqual(contents)
  })

  it('answers foreign and missing chats with the documented 404', async () => {
    const [{ owner, chat }, eve] = [await userWithChat(), await signedInUser()]
    const response = await eve.get(pathOf(eve.id, chat.id))
    expectError(response, 404, 'Chat not found')
    const error: GetChatMessagesError = response.error
    expect(error).toMatchObject({ statusCode: 404, statusMessage: 'Not Found', data: { message: 'Chat not found' } })
    expect((await owner.get(pathOf(owner.id, missingId))).text).toBe(response.text)
  })

  describeOwnership({ method: 'GET', of: 'chat', path: pathOf })

  describePagination({
    key: 'chatMessages',
    otherOrder: 'id:desc',
    async listOf(owner, count) {
      const chat = await createChat(owner)
      if (count > 0) await appendMessages(owner, chat, ...Array.from({ length: count }, (_, i) => `Message ${i}`))
      return { path: pathOf(owner.id, chat.id), addOne: () => appendMessages(owner, chat, 'Added later') }
    },
  })
})

describe('the order of listed messages', () => {
  it('defaults to insertion order and reverses it with id:desc', async () => {
    const { owner, path, append, list } = await userWithChat()
    const contents = Array.from({ length: 60 }, (_, i) => String(i))
    await append(...contents.slice(0, 25))
    await owner.post(path, { message: contents[25], actor: 'user' })
    await append(...contents.slice(26))
    const { chatMessages } = await list()
    expect(contentsOf({ chatMessages })).toStrictEqual(contents)
    const timestamps = chatMessages.map(message => message.created_at)
    expect(timestamps).toStrictEqual(timestamps.toSorted())
    expect(await list('?order_by=id:asc')).toStrictEqual({ chatMessages })
    expect(await list('?order_by=id:desc')).toStrictEqual({ chatMessages: chatMessages.toReversed() })
  })

  it.each(['id:asc', 'id:desc'])('persists across pages: %s', async (order_by) => {
    const { owner, path, append, list } = await userWithChat()
    const withFile = (i: number) => ({ message: String(i), files: [{ title: `${i}.md`, text: String(i) }] })
    await append(...Array.from({ length: 7 }, (_, i) => withFile(i)))
    const pages = await fetchPages(owner, path, 'chatMessages', { order_by, limit: 3 })
    expect(pages.map(page => page.length)).toStrictEqual([3, 3, 1])
    const expected = contentsOf(await list(`?order_by=${order_by}`))
    expect(contentsOf({ chatMessages: pages.flat() })).toStrictEqual(expected)
    expect(pages.flat().map(message => message.files[0]!.text)).toStrictEqual(expected)
  })

  it.each([
    'created_at:asc', 'updated_at:desc', 'name:asc', 'role:asc', 'id', 'id:up', 'id:asc,id:desc',
    'id:asc,created_at:asc', '',
  ])('rejects order_by=%j', async (order_by) => {
    const { owner, path } = await userWithChat()
    expectInvalid(await owner.get(`${path}?order_by=${order_by}`), 'Invalid query(order_by)', 'order_by')
  })

  it('rejects a repeated order_by', async () => {
    const { owner, path } = await userWithChat()
    expectInvalid(await owner.get(`${path}?order_by=id:asc&order_by=id:asc`), 'Invalid query(order_by)', 'order_by')
  })
})

describe('GET messages with files', () => {
  it('keeps the files of each message in insertion order', async () => {
    const { owner, path, append, list } = await userWithChat()
    const fileOf = (text: string) => ({ title: `${text}.txt`, text })
    const one = { message: 'one', files: [fileOf('a'), fileOf('b')] }
    const [first] = await append(one, { message: 'two', files: [fileOf('c')] }, 'three')
    await owner.post(path.replace(/messages$/, `files/${first.id}`), fileOf('d'))
    const texts = (await list()).chatMessages.map(message => message.files.map(file => file.text))
    expect(texts).toStrictEqual([['a', 'b', 'd'], ['c'], []])
  })

  it.each([
    ['exactly 256 KiB', 'é'.repeat(128 * 1024), true],
    ['more than 256 KiB', `${'é'.repeat(128 * 1024)}x`, false],
    ['empty', '', true],
    ['every kind of character', '\uFEFFa\r\nb\u0001 😀', true],
  ])('includes text of up to 256 KiB: %s', async (_, text, isInline) => {
    const { append, list } = await userWithChat()
    await append({ message: 'Look', files: [{ title: 'large.txt', text }] })
    const file = (await list()).chatMessages[0]!.files[0]!
    expect(file.text === (isInline ? text : '')).toBe(true)
    expect(file.size).toBe(Buffer.byteLength(text))
    expect((await follow(file.url)).bytes.equals(Buffer.from(text))).toBe(true)
  })
})
