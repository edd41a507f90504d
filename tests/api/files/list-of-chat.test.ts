import { describe, expect, inject, it, vi } from 'vitest'
import { z } from 'zod'
import { sign } from '#server/utils/signing'
import { aTime, expectError, expectJson } from '../../support/expect.ts'
import { type Json } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { describeOwnership, describePages } from '../../support/rules.ts'
import { testEnvironment } from '../../support/server.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'

interface ChatFile {
  id: number
  chat_conversation_id: number
  name: string
  size: number
  type: string
  created_at: string
  url: string
}

interface GetChatFilesResponse {
  chatFiles: ChatFile[]
}

interface GetChatFilesError {
  statusCode: number
  statusMessage: string
  data: { message: string }
}

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

const GetChatFilesErrorModel = z.object({ statusCode: z.int(), statusMessage: z.string(), data: z.object({ message: z.string() }) })

interface NewFile {
  title: string
  text: string
  language?: string
  extension?: string
}

/** GET /api/users/[user_id]/chats/[chat_id]/files */
const pathOf = (person: { id: number | string }, chat: { id: number | string }) => `/api/users/${person.id}/chats/${chat.id}/files`

/** Somebody with a chat whose one message has these files. */
async function somebodyWith(...files: NewFile[]) {
  const person = await signedInUser()
  const chat: { id: number } = await chatOf(person)
  const [message] = await messagesIn(person, chat, { message: 'Look', files })
  const path = pathOf(person, chat)
  return { person, chat, message, path, list: async (): Promise<Json[]> => (await person.get(path)).body.chatFiles }
}

describe('the list of the files of a chat', () => {
  it('has every field of the page and of the files of a message but their text, and no other', async () => {
    const { person, chat, message, path } = await somebodyWith({ title: 'example', text: 'print("Grüße")', language: 'python', extension: 'py' })
    expectJson(await person.get(path), 200, {
      chatFiles: [{
        id: expect.any(Number),
        neptun_user_id: person.id,
        chat_conversation_id: chat.id,
        chat_conversation_message_id: message.id,
        title: 'example',
        language: 'python',
        extension: 'py',
        name: 'example.py',
        size: 16,
        type: expect.stringMatching(/^text\//),
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/),
        created_at: aTime,
        updated_at: aTime,
      }],
    })
  })

  it('is what the interface and the model of the page say', async () => {
    const { person, path } = await somebodyWith({ title: 'document.pdf', text: 'x' }, { title: 'README', text: '' })
    const { body } = await person.get(path)
    const response: GetChatFilesResponse = GetChatFilesResponseModel.parse(body)
    expect(body).toMatchObject(response)
    expect(response.chatFiles.map(file => file.name)).toStrictEqual(['document.pdf', 'README'])
  })

  it('is empty for a chat without files', async () => {
    const { person, path } = await somebodyWith()
    expectJson(await person.get(path), 200, { chatFiles: [] })
  })

  it('goes from the oldest to the latest, whatever message they are of', async () => {
    const { person, chat, message, path, list } = await somebodyWith({ title: '1', text: '' }, { title: '2', text: '' })
    await messagesIn(person, chat, { message: 'And this', files: [{ title: '3', text: '' }] })
    await person.post(`${path}/${message.id}`, { files: [{ title: '4', text: '' }, { title: '5', text: '' }] })
    const files = await list()
    expect(files.map(file => file.title)).toStrictEqual(['1', '2', '3', '4', '5'])
    const times = files.map(file => file.created_at)
    expect(times).toStrictEqual(times.toSorted())
  })

  it('has nothing of another chat', async () => {
    const { person, list } = await somebodyWith({ title: 'here', text: '' })
    await messagesIn(person, await chatOf(person), { message: 'Look', files: [{ title: 'there', text: '' }] })
    expect((await list()).map(file => file.title)).toStrictEqual(['here'])
  })

  it('cannot be sorted, and ignores who tries', async () => {
    const { person, path, list } = await somebodyWith({ title: 'b', text: '' }, { title: 'a', text: '' })
    const { status, body } = await person.get(`${path}?order_by=name:asc&order_by=x`)
    expect(status).toBe(200)
    expect(body.chatFiles.map((file: ChatFile) => file.id)).toStrictEqual((await list()).map(file => file.id))
  })

  it('says of a neighbour\'s chat what the page says of a missing one', async () => {
    const [{ chat }, eve] = [await somebodyWith({ title: 'secret', text: 'secret' }), await signedInUser()]
    const answer = await eve.get(pathOf(eve, chat))
    expectError(answer, 404, 'Chat not found')
    const error: GetChatFilesError = GetChatFilesErrorModel.parse(answer.body)
    expect(error).toStrictEqual({ statusCode: 404, statusMessage: 'Not Found', data: { message: 'Chat not found' } })
  })

  describeOwnership({ method: 'GET', of: 'chat', path: (user, chat) => pathOf({ id: user }, { id: chat }) })

  describePages({
    key: 'chatFiles',
    async listOf(person, count) {
      const chat = await chatOf(person)
      const add = (files: NewFile[]) => messagesIn(person, chat, { message: 'Look', files })
      await add(Array.from({ length: count }, (_, i) => ({ title: `${i}.txt`, text: String(i) })))
      return { path: pathOf(person, chat), addOne: () => add([{ title: 'meanwhile.txt', text: '' }]) }
    },
  })
})

describe('what a file is', () => {
  it.each<[NewFile, { name: string, extension: string, language: string }]>([
    [{ title: 'example', text: '', extension: 'py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py', text: '', extension: 'py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py', text: '' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'main.rs', text: '', language: 'rust 2024' }, { name: 'main.rs', extension: 'rs', language: 'rust 2024' }],
    [{ title: 'app.test.ts', text: '' }, { name: 'app.test.ts', extension: 'ts', language: 'typescript' }],
    [{ title: 'README', text: '' }, { name: 'README', extension: '', language: '' }],
    [{ title: 'a.unheardof', text: '' }, { name: 'a.unheardof', extension: 'unheardof', language: '' }],
  ])('follows from %j', async (file, expected) => {
    const { list } = await somebodyWith(file)
    expect((await list())[0]).toMatchObject({ title: file.title, ...expected })
  })

  it.each([
    ['app.ts', /^text\//],
    ['main.rs', /^text\//],
    ['example.py', /^text\//],
    ['README', /^text\/plain$/],
    ['readme.md', /^text\/markdown$/],
    ['table.csv', /^text\/csv$/],
    ['data.json', /^application\/json$/],
    ['document.pdf', /^text\//],
  ])('is a text, with %s for its name', async (title, type) => {
    const { list } = await somebodyWith({ title, text: 'plain text' })
    const [file] = await list()
    expect(file.type).toMatch(type)
    expect((await follow(file.url)).headers.get('content-type')).toBe(`${file.type}; charset=utf-8`)
  })

  it.each([
    ['nothing', ''],
    ['any character', '\uFEFFa\r\n\tb\u0001\u007F 世界 😀 e\u0301'],
    ['two megabytes', 'é\n'.repeat(700_000)],
  ])('is given back to the byte: %s', async (_, text) => {
    const { list } = await somebodyWith({ title: 'a.txt', text })
    const [file] = await list()
    const { status, bytes } = await follow(file.url)
    expect(status).toBe(200)
    expect(bytes.equals(Buffer.from(text))).toBe(true)
    expect(file.size).toBe(bytes.length)
  })
})

describe('the url of a file', () => {
  const refusal = 'This link is not valid, or not any more.'
  const altered = (address: string, change: (query: URLSearchParams, url: URL) => void) => {
    const url = new URL(address)
    change(url.searchParams, url)
    return follow(url)
  }

  it('is absolute, and opens the content without a session, as an attachment that can do nothing', async () => {
    const { list } = await somebodyWith({ title: 'page.html', text: '<script>alert(1)</script>' })
    const [file] = await list()
    expect(new URL(file.url).origin).toBe(new URL(inject('baseUrl')).origin)
    const { status, headers, text } = await follow(file.url)
    expect(status).toBe(200)
    expect(text).toBe('<script>alert(1)</script>')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?page\.html"?$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox(;|$)/)
    expect(headers.get('cache-control')).toContain('private')
    expect(headers.get('set-cookie')).toBe(null)
  })

  it.each<[string, (query: URLSearchParams, url: URL) => void]>([
    ['without a signature', query => query.delete('signature')],
    ['with an empty signature', query => query.set('signature', '')],
    ['with an altered signature', query => query.set('signature', [...query.get('signature')!].toReversed().join(''))],
    ['with a shorter signature', query => query.set('signature', query.get('signature')!.slice(0, -1))],
    ['without a time', query => query.delete('expires')],
    ['with a later time', query => query.set('expires', String(Number(query.get('expires')) + 1))],
    ['with an earlier time', query => query.set('expires', '1')],
    ['with the time written differently', query => query.set('expires', `${query.get('expires')}.0`)],
    ['with a grant', query => query.set('grant', 'x.1')],
    ['for another file', (_, url) => void (url.pathname += '0')],
    ['for nothing but the file', (_, url) => void (url.search = '')],
  ])('does not open %s', async (_, change) => {
    const { list } = await somebodyWith({ title: 'a.txt', text: 'secret' })
    expectError(await altered((await list())[0].url, change), 403, refusal)
  })

  it('is good for a limited time', async () => {
    vi.stubEnv('NUXT_SIGNING_SECRET', testEnvironment.NUXT_SIGNING_SECRET)
    const { list } = await somebodyWith({ title: 'a.txt', text: 'a' })
    const [{ id, url }] = await list()
    const now = Math.floor(Date.now() / 1000)
    expect(Number(new URL(url).searchParams.get('expires')) - now).toBeGreaterThan(890)
    expect(Number(new URL(url).searchParams.get('expires')) - now).toBeLessThan(910)
    const until = (expires: number) => altered(url, (query) => {
      query.set('expires', String(expires))
      query.set('signature', sign('file', id, String(expires), undefined))
    })
    expect((await until(now + 60)).status).toBe(200)
    expectError(await until(now - 1), 403, refusal)
  })
})
