import { describe, expect, it } from 'vitest'
import { aTime, blamed, errorBody, invalidBody } from '../../support/expect.ts'
import { follow } from '../../support/raw.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'
import type { Json } from '../../support/http.ts'

const complaint = 'Invalid body(title, text, language, extension, files)'
const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))

async function someoneWithMessage() {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const [message] = await messagesIn(ada, chat, 'Here you are')
  const files = `/api/users/${ada.id}/chats/${chat.id}/files`
  const names = async () => (await ada.get(files)).body.chatFiles.map(({ name }: { name: string }) => name)
  return { ada, chat, message, files, names, add: (body: unknown) => ada.post(`${files}/${message.id}`, body) }
}

describe('one file', () => {
  it('is answered with 201 and all its fields, and no other', async () => {
    const { ada, chat, message, add } = await someoneWithMessage()
    const { status, body } = await add({ title: 'example', text: 'print("ñ")', language: 'Python', extension: 'py' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      chatFile: {
        id: expect.any(Number),
        neptun_user_id: ada.id,
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
        created_at: aTime,
        updated_at: aTime,
      },
    })
  })

  it('is listed without its text, and shown with it in its message', async () => {
    const { ada, chat, files, add } = await someoneWithMessage()
    const { chatFile: { text, url: _, ...rest } } = (await add({ title: 'a.txt', text: 'Hello' })).body
    expect((await ada.get(files)).body.chatFiles).toStrictEqual([{ ...rest, url: expect.any(String) }])
    const { chatMessages } = (await ada.get(`/api/users/${ada.id}/chats/${chat.id}/messages`)).body
    expect(chatMessages[0].files).toStrictEqual([{ ...rest, text, url: expect.any(String) }])
  })

  it.each([
    ['nothing', {}, ['title', 'text']],
    ['no text', { title: 'a.txt' }, ['text']],
    ['a text that is a number', { title: 'a.txt', text: 1 }, ['text']],
    ['a text with a NUL', { title: 'a.txt', text: '\0' }, ['text']],
    ['a text with half an emoji', { title: 'a.txt', text: '\ud83d' }, ['text']],
    ['an empty title', { title: ' ', text: '' }, ['title']],
    ['a title of 256 characters', { title: 'a'.repeat(256), text: '' }, ['title']],
    ['a title with a NUL', { title: 'a\0.txt', text: '' }, ['title']],
    ['an empty language', { title: 'a', text: '', language: '' }, ['language']],
    ['a language of 256 characters', { title: 'a', text: '', language: 'a'.repeat(256) }, ['language']],
    ['an extension that is a list', { title: 'a', text: '', extension: ['py'] }, ['extension']],
    ['an empty list of files', { files: [] }, ['files']],
    ['files that are null', { files: null }, ['files']],
    ['101 files', { files: times(101, i => ({ title: `${i}`, text: '' })) }, ['files']],
  ])('is refused for a body that has %s, and the fields are named', async (_, body, fields) => {
    const { names, add } = await someoneWithMessage()
    const answer = await add(body)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody(complaint))
    expect(blamed(answer)).toStrictEqual(fields)
    expect(await names()).toStrictEqual([])
  })

  it('goes to a message of the same chat and nowhere else', async () => {
    const { ada, files, message, names } = await someoneWithMessage()
    const other = await chatOf(ada)
    const [elsewhere] = await messagesIn(ada, other, 'Elsewhere')
    const eve = await signedInUser()
    const file = { title: 'a.txt', text: '' }
    const refusals = [
      [ada, `${files}/${elsewhere.id}`, 404, 'Message not found'],
      [ada, `${files}/${Number.MAX_SAFE_INTEGER}`, 404, 'Message not found'],
      [ada, `${files}/last`, 400, 'Invalid parameters'],
      [eve, `/api/users/${eve.id}/chats/${other.id}/files/${elsewhere.id}`, 404, 'Chat not found'],
      [eve, `${files}/${message.id}`, 404, 'User not found'],
    ] as const
    for (const [person, path, status, complaint] of refusals) {
      const answer = await person.post(path, file)
      expect([answer.status, answer.body.message]).toStrictEqual([status, complaint])
      if (status === 404) expect(answer.body).toStrictEqual(errorBody(404, complaint))
    }
    expect(await names()).toStrictEqual([])
  })

  it('makes its chat the latest', async () => {
    const { ada, chat, add } = await someoneWithMessage()
    const { projects: [{ id }] } = (await ada.get(`/api/users/${ada.id}/projects`)).body
    const chats = `/api/users/${ada.id}/projects/${id}/chats`
    const before = (await ada.get(chats)).body.chats[0]
    await add({ title: 'a.txt', text: '' })
    const after = (await ada.get(chats)).body.chats[0]
    expect([after.id, after.updated_at > before.updated_at]).toStrictEqual([chat.id, true])
  })
})

describe('several files', () => {
  it('are answered and listed in the given order', async () => {
    const { names, add } = await someoneWithMessage()
    const given = times(100, i => `${(i * 37) % 100}.txt`)
    const { status, body } = await add({ files: given.map(title => ({ title, text: title })) })
    expect(status).toBe(201)
    expect(Object.keys(body)).toStrictEqual(['chatFiles'])
    expect(body.chatFiles.map(({ name, text }: Json) => [name, text])).toStrictEqual(given.map(name => [name, name]))
    expect(await names()).toStrictEqual(given)
  })

  it('are answered as a list even if there is only one', async () => {
    const { add } = await someoneWithMessage()
    expect((await add({ files: [{ title: 'a.txt', text: '' }] })).body.chatFiles).toHaveLength(1)
  })

  it('are stored all or not at all', async () => {
    const { names, add } = await someoneWithMessage()
    const answer = await add({ files: [{ title: 'a.txt', text: '' }, { title: 'b.txt' }, { title: 'c.txt', text: '' }] })
    expect([answer.status, answer.body.data.issues[0].path]).toStrictEqual([400, ['files', 1, 'text']])
    expect(await names()).toStrictEqual([])
  })

  it('that arrive at once are all there', async () => {
    const { names, add } = await someoneWithMessage()
    await Promise.all(times(20, i => add({ title: `${i}.txt`, text: '' })))
    expect((await names()).sort()).toStrictEqual(times(20, i => `${i}.txt`).sort())
  })
})

describe('the content of a file', () => {
  it.each([
    ['empty', ''],
    ['with lines that end in every way', 'a\r\nb\nc\rd\r\n'],
    ['with a byte order mark', '\ufeffHi'],
    ['with every sort of character', 'ñ 🦊 \u2028 \u0001 \u{10ffff} e\u0301 שלום <b>&amp;</b> \\0 "'],
    ['of 256 KiB', 'ñ'.repeat(128 * 1024)],
  ])('comes back as it was: %s', async (_, text) => {
    const { add } = await someoneWithMessage()
    const { chatFile } = (await add({ title: 'a.txt', text })).body
    const { status, headers, bytes } = await follow(chatFile.url)
    expect(status).toBe(200)
    expect(bytes.equals(Buffer.from(text))).toBe(true)
    expect([chatFile.size, headers.get('content-length')]).toStrictEqual([bytes.length, `${bytes.length}`])
    expect(chatFile.text === text).toBe(true)
  })

  it('of more than 256 KiB is at its url alone', async () => {
    const { ada, chat, add } = await someoneWithMessage()
    const text = 'a'.repeat(256 * 1024 + 1)
    const { chatFile } = (await add({ title: 'a.txt', text })).body
    expect([chatFile.text, chatFile.size]).toStrictEqual(['', text.length])
    expect((await ada.get(`/api/users/${ada.id}/chats/${chat.id}/messages`)).body.chatMessages[0].files[0].text).toBe('')
    expect((await follow(chatFile.url)).text === text).toBe(true)
  })

  it('may have 4 MiB, and not a byte more', async () => {
    const { add, names } = await someoneWithMessage()
    const [most, tooMuch] = ['ñ'.repeat(2 * 1024 * 1024), 'ñ'.repeat(2 * 1024 * 1024) + 'a']
    const refusal = await add({ title: 'a.txt', text: tooMuch })
    expect(refusal.body).toStrictEqual(invalidBody(complaint))
    expect(await names()).toStrictEqual([])
    const { status, body: { chatFile } } = await add({ title: 'a.txt', text: most })
    expect([status, chatFile.size]).toStrictEqual([201, 4 * 1024 * 1024])
    expect((await follow(chatFile.url)).bytes.equals(Buffer.from(most))).toBe(true)
  })

  it('answers HEAD as GET, without the body', async () => {
    const { add } = await someoneWithMessage()
    const { chatFile } = (await add({ title: 'a.py', text: 'print()' })).body
    const [got, head] = [await follow(chatFile.url), await follow(chatFile.url, 'HEAD')]
    expect([head.status, head.bytes.length]).toStrictEqual([200, 0])
    for (const name of ['content-length', 'content-type', 'content-disposition', 'content-security-policy'])
      expect([name, head.headers.get(name)]).toStrictEqual([name, got.headers.get(name)])
  })

  it('is an attachment that no browser runs or guesses about', async () => {
    const { add } = await someoneWithMessage()
    const { chatFile } = (await add({ title: 'page.html', text: '<script>alert(1)</script>' })).body
    const { headers } = await follow(chatFile.url)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?page\.html"?$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox(;|$)/)
  })
})
