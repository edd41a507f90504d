import { describe, expect, it } from 'vitest'
import { anyTimestamp, errorBody, issueFields, validationErrorBody } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'

const validationError = 'Invalid body(title, text, language, extension, files)'
const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))

async function userWithMessage() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const [message] = await appendMessages(owner, chat, 'Here you are')
  const filesPath = `/api/users/${owner.id}/chats/${chat.id}/files` as const
  const listNames = async () => (await owner.get(filesPath)).body.chatFiles.map(({ name }) => name)
  const add = (body: unknown) => owner.post(`${filesPath}/${message.id}`, body)
  return { owner, chat, message, filesPath, listNames, add }
}

describe('POST a file', () => {
  it('returns 201 with exactly the documented fields', async () => {
    const { owner, chat, message, add } = await userWithMessage()
    const { status, body } = await add({ title: 'example', text: 'print("ñ")', language: 'Python', extension: 'py' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      chatFile: {
        id: expect.any(Number),
        neptun_user_id: owner.id,
        chat_conversation_id: chat.id,
        chat_conversation_message_id: message.id,
        title: 'example',
        text: 'print("ñ")',
        language: 'Python',
        extension: 'py',
        name: 'example.py',
        size: 11,
        type: expect.stringMatching(/^text\//),
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/),
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      },
    })
  })

  it('omits the text in the list of files and includes it in the message', async () => {
    const { owner, chat, filesPath, add } = await userWithMessage()
    const { chatFile: { text, url: _, ...rest } } = (await add({ title: 'a.txt', text: 'Hello' })).body
    expect((await owner.get(filesPath)).body.chatFiles).toStrictEqual([{ ...rest, url: expect.any(String) }])
    const { chatMessages } = (await owner.get(`/api/users/${owner.id}/chats/${chat.id}/messages`)).body
    expect(chatMessages[0]!.files).toStrictEqual([{ ...rest, text, url: expect.any(String) }])
  })

  it.each([
    ['no fields', {}, ['text']],
    ['no text', { title: 'a.txt' }, ['text']],
    ['a numeric text', { title: 'a.txt', text: 1 }, ['text']],
    ['a NUL character in the text', { title: 'a.txt', text: '\0' }, ['text']],
    ['a lone surrogate in the text', { title: 'a.txt', text: '\ud83d' }, ['text']],
    ['a numeric title', { title: 1, text: '' }, ['title']],
    ['a title of 256 characters', { title: 'a'.repeat(256), text: '' }, ['title']],
    ['a NUL character in the title', { title: 'a\0.txt', text: '' }, ['title']],
    ['an empty language', { title: 'a', text: '', language: '' }, ['language']],
    ['a language of 256 characters', { title: 'a', text: '', language: 'a'.repeat(256) }, ['language']],
    ['a list as extension', { title: 'a', text: '', extension: ['py'] }, ['extension']],
    ['an empty list of files', { files: [] }, ['files']],
    ['null as files', { files: null }, ['files']],
    ['101 files', { files: times(101, i => ({ title: `${i}`, text: '' })) }, ['files']],
  ])('rejects a body with %s and names the invalid fields', async (_, body, fields) => {
    const { listNames, add } = await userWithMessage()
    const response = await add(body)
    expect(response.status).toBe(400)
    expect(response.body).toStrictEqual(validationErrorBody(validationError))
    expect(issueFields(response)).toStrictEqual(fields)
    expect(await listNames()).toStrictEqual([])
  })

  it('rejects messages of other chats and of foreign chats', async () => {
    const { owner, filesPath, message, listNames } = await userWithMessage()
    const other = await createChat(owner)
    const [elsewhere] = await appendMessages(owner, other, 'Elsewhere')
    const eve = await signedInUser()
    const file = { title: 'a.txt', text: '' }
    const refusals = [
      [owner, `${filesPath}/${elsewhere.id}`, 404, 'Message not found'],
      [owner, `${filesPath}/${Number.MAX_SAFE_INTEGER}`, 404, 'Message not found'],
      [owner, `${filesPath}/last`, 400, 'Invalid parameters'],
      [eve, `/api/users/${eve.id}/chats/${other.id}/files/${elsewhere.id}`, 404, 'Chat not found'],
      [eve, `${filesPath}/${message.id}`, 404, 'User not found'],
    ] as const
    for (const [person, path, status, message] of refusals) {
      const response = await person.post(path, file)
      expect([response.status, response.error.message]).toStrictEqual([status, message])
      if (status === 404) expect(response.body).toStrictEqual(errorBody(404, message))
    }
    expect(await listNames()).toStrictEqual([])
  })

  it('bumps updated_at of the chat', async () => {
    const { owner, chat, add } = await userWithMessage()
    const { id } = (await owner.get(`/api/users/${owner.id}/projects`)).body.projects[0]!
    const chats = `/api/users/${owner.id}/projects/${id}/chats` as const
    const before = (await owner.get(chats)).body.chats[0]!
    await add({ title: 'a.txt', text: '' })
    const after = (await owner.get(chats)).body.chats[0]!
    expect([after.id, after.updated_at > before.updated_at]).toStrictEqual([chat.id, true])
  })
})

describe('POST a list of files', () => {
  it('returns and lists the files in the given order', async () => {
    const { listNames, add } = await userWithMessage()
    const given = times(100, i => `${(i * 37) % 100}.txt`)
    const { status, body } = await add({ files: given.map(title => ({ title, text: title })) })
    expect(status).toBe(201)
    expect(Object.keys(body)).toStrictEqual(['chatFiles'])
    expect(body.chatFiles.map(({ name, text }) => [name, text])).toStrictEqual(given.map(name => [name, name]))
    expect(await listNames()).toStrictEqual(given)
  })

  it('takes files without a title along with others', async () => {
    const { listNames, add } = await userWithMessage()
    const files = [
      { title: '', text: 'a', language: 'python', extension: 'py' }, { text: 'b' }, { title: null, text: 'c' },
      { title: 'd.txt', text: 'd' },
    ]
    const { status, body } = await add({ files })
    expect([status, body.chatFiles.map(({ title }) => title)]).toStrictEqual([201, ['', '', '', 'd.txt']])
    expect(await listNames()).toStrictEqual(['untitled.py', 'untitled', 'untitled', 'd.txt'])
  })

  it('returns a list even for a single file', async () => {
    const { add } = await userWithMessage()
    expect((await add({ files: [{ title: 'a.txt', text: '' }] })).body.chatFiles).toHaveLength(1)
  })

  it('stores nothing when one file is invalid', async () => {
    const { listNames, add } = await userWithMessage()
    const files = [{ title: 'a.txt', text: '' }, { title: 'b.txt' }, { title: 'c.txt', text: '' }]
    const response = await add({ files })
    expect([response.status, response.error.data.issues[0]!.path]).toStrictEqual([400, ['files', '1', 'text']])
    expect(await listNames()).toStrictEqual([])
  })

  it('stores the files of all concurrent requests', async () => {
    const { listNames, add } = await userWithMessage()
    await Promise.all(times(20, i => add({ title: `${i}.txt`, text: '' })))
    expect((await listNames()).sort()).toStrictEqual(times(20, i => `${i}.txt`).sort())
  })
})

describe('the text of a new file', () => {
  it.each([
    ['an empty text', ''],
    ['mixed line endings', 'a\r\nb\nc\rd\r\n'],
    ['a byte order mark', '\ufeffHi'],
    ['every kind of character', 'ñ 🦊 \u2028 \u0001 \u{10ffff} e\u0301 שלום <b>&amp;</b> \\0 "'],
    ['256 KiB', 'ñ'.repeat(128 * 1024)],
  ])('is stored byte for byte: %s', async (_, text) => {
    const { add } = await userWithMessage()
    const { chatFile } = (await add({ title: 'a.txt', text })).body
    const { status, headers, bytes } = await follow(chatFile.url)
    expect(status).toBe(200)
    expect(bytes.equals(Buffer.from(text))).toBe(true)
    expect([chatFile.size, headers.get('content-length')]).toStrictEqual([bytes.length, `${bytes.length}`])
    expect(chatFile.text === text).toBe(true)
  })

  it('is served only at its link when over 256 KiB', async () => {
    const { owner, chat, add } = await userWithMessage()
    const text = 'a'.repeat(256 * 1024 + 1)
    const { chatFile } = (await add({ title: 'a.txt', text })).body
    expect([chatFile.text, chatFile.size]).toStrictEqual(['', text.length])
    const { chatMessages } = (await owner.get(`/api/users/${owner.id}/chats/${chat.id}/messages`)).body
    expect(chatMessages[0]!.files[0]!.text).toBe('')
    expect((await follow(chatFile.url)).text === text).toBe(true)
  })

  it('may have 4 MiB but not one byte more', async () => {
    const { add, listNames } = await userWithMessage()
    const [longest, tooLong] = ['ñ'.repeat(2 * 1024 * 1024), 'ñ'.repeat(2 * 1024 * 1024) + 'a']
    const rejected = await add({ title: 'a.txt', text: tooLong })
    expect(rejected.body).toStrictEqual(validationErrorBody(validationError))
    expect(await listNames()).toStrictEqual([])
    const { status, body: { chatFile } } = await add({ title: 'a.txt', text: longest })
    expect([status, chatFile.size]).toStrictEqual([201, 4 * 1024 * 1024])
    expect((await follow(chatFile.url)).bytes.equals(Buffer.from(longest))).toBe(true)
  })
})
