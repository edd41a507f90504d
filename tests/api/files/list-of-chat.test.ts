import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anyTimestamp, expectError, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { describeOwnership, describePagination } from '../../support/shared-suites.ts'

interface ChatFile {
  id: number
  chat_conversation_id: number
  name: string
  size: number
  type: string
  created_at: string
  url: string
}

interface GetChatFilesResponse { chatFiles: ChatFile[] }

interface GetChatFilesError { statusCode: number, statusMessage: string, data: { message: string } }

const GetChatFilesResponseModel = z.object({
  chatFiles: z.array(z.object({
    id: z.int(),
    chat_conversation_id: z.int(),
    name: z.string(),
    size: z.int(),
    type: z.string(),
    created_at: z.iso.datetime(),
    url: z.url({ protocol: /^https?$/ }),
  })),
})

const GetChatFilesErrorModel = z.object({
  statusCode: z.int(),
  statusMessage: z.string(),
  data: z.object({ message: z.string() }),
})

interface NewFile {
  title: string
  text: string
  language?: string
  extension?: string
}

const pathOf = (userId: number | string, chatId: number | string) =>
  `/api/users/${userId}/chats/${chatId}/files` as const

/** A chat with a single message that has the given files. */
async function chatWithFiles(...files: NewFile[]) {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const [message] = await appendMessages(owner, chat, { message: 'Look', files })
  const path = pathOf(owner.id, chat.id)
  const list = async () => (await owner.get(path)).body.chatFiles
  return { owner, chat, message, path, list }
}

describe('GET /api/users/[user_id]/chats/[chat_id]/files', () => {
  it('returns exactly the documented fields, without the text', async () => {
    const file = { title: 'example', text: 'print("Grüße")', language: 'python', extension: 'py' }
    const { owner, chat, message, path } = await chatWithFiles(file)
    expectJson(await owner.get(path), 200, {
      chatFiles: [{
        id: expect.any(Number),
        neptun_user_id: owner.id,
        chat_conversation_id: chat.id,
        chat_conversation_message_id: message.id,
        title: 'example',
        language: 'python',
        extension: 'py',
        name: 'example.py',
        size: 16,
        type: expect.stringMatching(/^text\//),
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/),
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      }],
    })
  })

  it('matches the documented interface and Zod model', async () => {
    const { owner, path } = await chatWithFiles({ title: 'document.pdf', text: 'x' }, { title: 'README', text: '' })
    const { body } = await owner.get(path)
    const response: GetChatFilesResponse = GetChatFilesResponseModel.parse(body)
    expect(body).toMatchObject(response)
    expect(response.chatFiles.map(file => file.name)).toStrictEqual(['document.pdf', 'README'])
  })

  it('returns an empty list for a chat without files', async () => {
    const { owner, path } = await chatWithFiles()
    expectJson(await owner.get(path), 200, { chatFiles: [] })
  })

  it('lists the files of all messages in insertion order', async () => {
    const { owner, chat, message, path, list } = await chatWithFiles({ title: '1', text: '' }, { title: '2', text: '' })
    await appendMessages(owner, chat, { message: 'And this', files: [{ title: '3', text: '' }] })
    await owner.post(`${path}/${message.id}`, { files: [{ title: '4', text: '' }, { title: '5', text: '' }] })
    const files = await list()
    expect(files.map(file => file.title)).toStrictEqual(['1', '2', '3', '4', '5'])
    const timestamps = files.map(file => file.created_at)
    expect(timestamps).toStrictEqual(timestamps.toSorted())
  })

  it('excludes the files of other chats', async () => {
    const { owner, list } = await chatWithFiles({ title: 'here', text: '' })
    await appendMessages(owner, await createChat(owner), { message: 'Look', files: [{ title: 'there', text: '' }] })
    expect((await list()).map(file => file.title)).toStrictEqual(['here'])
  })

  it('ignores order_by', async () => {
    const { owner, path, list } = await chatWithFiles({ title: 'b', text: '' }, { title: 'a', text: '' })
    const { status, body } = await owner.get(`${path}?order_by=name:asc&order_by=x`)
    expect(status).toBe(200)
    expect(body.chatFiles.map(file => file.id)).toStrictEqual((await list()).map(file => file.id))
  })

  it('answers a foreign chat with the documented 404', async () => {
    const [{ chat }, eve] = [await chatWithFiles({ title: 'secret', text: 'secret' }), await signedInUser()]
    const response = await eve.get(pathOf(eve.id, chat.id))
    expectError(response, 404, 'Chat not found')
    const error: GetChatFilesError = GetChatFilesErrorModel.parse(response.body)
    expect(error).toStrictEqual({ statusCode: 404, statusMessage: 'Not Found', data: { message: 'Chat not found' } })
  })

  describeOwnership({ method: 'GET', of: 'chat', path: pathOf })

  describePagination({
    key: 'chatFiles',
    async listOf(owner, count) {
      const chat = await createChat(owner)
      const add = (files: NewFile[]) => appendMessages(owner, chat, { message: 'Look', files })
      await add(Array.from({ length: count }, (_, i) => ({ title: `${i}.txt`, text: String(i) })))
      return { path: pathOf(owner.id, chat.id), addOne: () => add([{ title: 'later.txt', text: '' }]) }
    },
  })
})

describe('the content of a listed file', () => {
  it.each([
    ['an empty text', ''],
    ['every kind of character', '\uFEFFa\r\n\tb\u0001\u007F 世界 😀 e\u0301'],
    ['2.1 MB', 'é\n'.repeat(700_000)],
  ])('is served byte for byte at its link: %s', async (_, text) => {
    const { list } = await chatWithFiles({ title: 'a.txt', text })
    const file = (await list())[0]!
    const { status, bytes } = await follow(file.url)
    expect(status).toBe(200)
    expect(bytes.equals(Buffer.from(text))).toBe(true)
    expect(file.size).toBe(bytes.length)
  })
})
