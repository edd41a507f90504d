import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fileContents, files } from '#db/schema/files'
import { aTime, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import type { Json } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { walk } from '../../support/rules.ts'
import { lookInside } from '../../support/sql.ts'
import { chatOf, messagesIn, projectOf, signedInUser, type Person } from '../../support/world.ts'

const db = lookInside()

const aFile = { title: 'example', text: 'print("ñ")', language: 'python', extension: 'py' }
const aLink = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/)
const idsOf = (rows: Json[]): number[] => rows.map(({ id }) => id)
const storedContents = (id: number) => db.select({ id: fileContents.file_id }).from(fileContents).where(eq(fileContents.file_id, id))

/** Somebody with a message that has these files, and a later one that has another. */
async function someoneWithFiles(...files: object[]) {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const [message, later] = await messagesIn(ada, chat, { message: 'Look', files },
    { message: 'And here', files: [{ title: 'later.txt', text: 'later' }] })
  const chatPath = `/api/users/${ada.id}/chats/${chat.id}`
  const pathOf = (file: { id: number }, of = message) => `${chatPath}/messages/${of.id}/files/${file.id}`
  const listed = async () => idsOf((await ada.get(`${chatPath}/files`)).body.chatFiles)
  const updatedAt = async (): Promise<string> => (await ada.get(chatPath)).body.chat.updated_at
  return { ada, chat, message, later, chatPath, pathOf, listed, updatedAt, file: message.files[0], path: pathOf(message.files[0]) }
}

describe('one file', () => {
  it('is read with all its fields and its text, and no other', async () => {
    const { ada, chat, message, file, path } = await someoneWithFiles(aFile)
    expectJson(await ada.get(path), 200, {
      chatFile: {
        id: file.id,
        neptun_user_id: ada.id,
        chat_conversation_id: chat.id,
        chat_conversation_message_id: message.id,
        title: 'example',
        text: 'print("ñ")',
        language: 'python',
        extension: 'py',
        name: 'example.py',
        size: 11,
        type: expect.stringMatching(/^text\//),
        url: aLink,
        created_at: aTime,
        updated_at: aTime,
      },
    })
  })

  it('is what its message shows of it, and its link opens it', async () => {
    const { ada, file, path } = await someoneWithFiles(aFile)
    const { chatFile } = (await ada.get(path)).body
    expect(chatFile).toStrictEqual({ ...file, url: aLink })
    expect((await follow(chatFile.url)).text).toBe('print("ñ")')
  })

  it('has its text up to 256 KiB, and an empty one beyond', async () => {
    const [most, more] = ['x'.repeat(256 * 1024), 'x'.repeat(256 * 1024 + 1)]
    const { ada, message: { files: [inline, large] }, pathOf } = await someoneWithFiles({ title: 'a.txt', text: most }, { title: 'b.txt', text: more })
    expect((await ada.get(pathOf(inline))).body.chatFile).toMatchObject({ text: most, size: most.length })
    const { chatFile } = (await ada.get(pathOf(large))).body
    expect(chatFile).toMatchObject({ text: '', size: more.length })
    expect((await follow(chatFile.url)).text).toBe(more)
  })

  it('is read at its link alone where it is no text', async () => {
    const { ada, file, path } = await someoneWithFiles(aFile)
    await db.update(files).set({ is_text: false, size: 3 }).where(eq(files.id, file.id))
    await db.update(fileContents).set({ content: new Uint8Array([0, 255, 1]) }).where(eq(fileContents.file_id, file.id))
    const { chatFile } = (await ada.get(path)).body
    expect(chatFile).toStrictEqual({ ...file, text: '', size: 3, url: aLink })
    expect([...(await follow(chatFile.url)).bytes]).toStrictEqual([0, 255, 1])
  })

  it('does not move the chat by being read', async () => {
    const { ada, path, updatedAt } = await someoneWithFiles(aFile)
    const before = await updatedAt()
    await ada.get(path)
    expect(await updatedAt()).toBe(before)
  })
})

describe('deleting a file', () => {
  it('is answered with true, and it is gone', async () => {
    const { ada, path } = await someoneWithFiles(aFile)
    expectJson(await ada.send('DELETE', path), 200, true)
    expectError(await ada.get(path), 404, 'File not found')
    expectError(await ada.send('DELETE', path), 404, 'File not found')
  })

  it('leaves nothing of its content', async () => {
    const { ada, file, path } = await someoneWithFiles(aFile)
    expect(await storedContents(file.id)).toHaveLength(1)
    await ada.send('DELETE', path)
    expect(await storedContents(file.id)).toHaveLength(0)
  })

  it('ends its links', async () => {
    const { ada, file, path } = await someoneWithFiles(aFile)
    expect((await follow(file.url)).status).toBe(200)
    await ada.send('DELETE', path)
    expectError(await follow(file.url), 404, 'File not found')
  })

  it('leaves its message, and the other files', async () => {
    const { ada, chatPath, message, later, listed, path } = await someoneWithFiles(aFile, { title: 'other.txt', text: 'other' })
    await ada.send('DELETE', path)
    const { chatMessage } = (await ada.get(`${chatPath}/messages/${message.id}`)).body
    expect(chatMessage).toStrictEqual({ ...message, files: [{ ...message.files[1], url: aLink }] })
    expect(await listed()).toStrictEqual([message.files[1].id, later.files[0].id])
    expect((await follow(message.files[1].url)).text).toBe('other')
  })

  it('moves the chat', async () => {
    const { ada, path, updatedAt } = await someoneWithFiles(aFile)
    const before = await updatedAt()
    await ada.send('DELETE', path)
    expect(await updatedAt() > before).toBe(true)
  })
})

describe.each(['GET', 'DELETE'])('a file, for %s,', (method) => {
  it('is found at its own message only', async () => {
    const { ada, file, later, pathOf, listed, updatedAt } = await someoneWithFiles(aFile)
    const before = await updatedAt()
    expectError(await ada.send(method, pathOf(file, later)), 404, 'File not found')
    expectError(await ada.send(method, pathOf(later.files[0])), 404, 'File not found')
    expect(await listed()).toStrictEqual([file.id, later.files[0].id])
    expect(await updatedAt()).toBe(before)
  })

  it('is found in its own chat only', async () => {
    const { ada, chat, path, listed } = await someoneWithFiles(aFile)
    const other = await chatOf(ada)
    expectError(await ada.send(method, path.replace(`chats/${chat.id}`, `chats/${other.id}`)), 404, 'Message not found')
    expect(await listed()).toHaveLength(2)
  })
})

/** GET /api/users/[user_id]/files */
const filesOf = (person: Person) => `/api/users/${person.id}/files`

/** Adds so many files to a new chat, and gives their ids. */
async function addFiles(person: Person, count: number, chat?: { id: number }): Promise<number[]> {
  const files = Array.from({ length: count }, (_, i) => ({ title: `${i}.txt`, text: String(i) }))
  const [message] = await messagesIn(person, chat ?? await chatOf(person), { message: 'Look', files })
  return idsOf(message.files)
}

describe('the list of all files of a user', () => {
  it('has all fields of a file but its text, and no other', async () => {
    const ada = await signedInUser()
    const chat = await chatOf(ada)
    const [message] = await messagesIn(ada, chat, { message: 'Look', files: [aFile] })
    const { text: _, ...file } = message.files[0]
    expectJson(await ada.get(filesOf(ada)), 200, { files: [{ ...file, url: aLink }] })
    expect(Object.keys(file).sort()).toStrictEqual([
      'chat_conversation_id', 'chat_conversation_message_id', 'created_at', 'extension', 'id', 'language',
      'name', 'neptun_user_id', 'size', 'title', 'type', 'updated_at', 'url'])
  })

  it('gives each file a link that opens it', async () => {
    const ada = await signedInUser()
    await messagesIn(ada, await chatOf(ada), { message: 'Look', files: [aFile] })
    const { files: [file] } = (await ada.get(filesOf(ada))).body
    expect((await follow(file.url)).text).toBe('print("ñ")')
  })

  it('is empty at first', async () => {
    const ada = await signedInUser()
    expectJson(await ada.get(filesOf(ada)), 200, { files: [] })
    expectJson(await ada.get(`${filesOf(ada)}?limit=1`), 200, { files: [], next_cursor: null })
  })

  it('goes over all chats from the oldest to the latest, and over nobody else\'s', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const project = await projectOf(ada)
    const [one, other] = [await chatOf(ada, {}, project), await chatOf(ada)]
    const ids: number[] = []
    for (const chat of [one, other, one]) {
      ids.push(...await addFiles(ada, 2, chat))
      await addFiles(eve, 1)
    }
    const { files } = (await ada.get(filesOf(ada))).body
    expect(idsOf(files)).toStrictEqual(ids)
    expect(files.map(({ chat_conversation_id }: Json) => chat_conversation_id)).toStrictEqual(
      [one.id, one.id, other.id, other.id, one.id, one.id])
  })

  it('loses the files of a chat that is deleted', async () => {
    const ada = await signedInUser()
    const [gone, stays] = [await chatOf(ada), await chatOf(ada)]
    await addFiles(ada, 2, gone)
    const ids = await addFiles(ada, 2, stays)
    await ada.send('DELETE', `/api/users/${ada.id}/chats/${gone.id}`)
    expect(idsOf((await ada.get(filesOf(ada))).body.files)).toStrictEqual(ids)
  })

  it.each([[1, [1, 1, 1, 1, 1]], [2, [2, 2, 1]], [5, [5]], [100, [5]]])('gives each file once with a limit of %i', async (limit, sizes) => {
    const ada = await signedInUser()
    const ids = [...await addFiles(ada, 3), ...await addFiles(ada, 2)]
    const pages = await walk(ada, filesOf(ada), 'files', { limit })
    expect(pages.map(page => page.length)).toStrictEqual(sizes)
    expect(idsOf(pages.flat())).toStrictEqual(ids)
  })

  it('neither skips nor doubles a file when others are added or deleted meanwhile', async () => {
    const ada = await signedInUser()
    const chat = await chatOf(ada)
    const [first, second, third, fourth] = await addFiles(ada, 4, chat)
    const page = async (query: string) => (await ada.get(`${filesOf(ada)}?limit=2${query}`)).body
    const { files, next_cursor } = await page('')
    const added = await addFiles(ada, 1)
    await ada.send('DELETE', `/api/users/${ada.id}/chats/${chat.id}/messages/${files[0].chat_conversation_message_id}/files/${first}`)
    const rest = await page(`&cursor=${encodeURIComponent(next_cursor)}`)
    expect([idsOf(files), idsOf(rest.files)]).toStrictEqual([[first, second], [third, fourth]])
    const end = await page(`&cursor=${encodeURIComponent(rest.next_cursor)}`)
    expect([idsOf(end.files), end.next_cursor]).toStrictEqual([added, null])
  })

  it.each([
    ['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=x', 'limit'], ['limit=1&limit=1', 'limit'],
    ['limit=1&cursor=abc', 'cursor'], ['limit=1&cursor=', 'cursor'],
  ])('is refused for ?%s', async (query, named) => {
    const ada = await signedInUser()
    expectInvalid(await ada.get(`${filesOf(ada)}?${query}`), `Invalid query(${named})`, named)
  })

  it('takes a cursor only with a limit, and only of its own', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [chat, others] = [await chatOf(ada), await signedInUser()]
    await addFiles(ada, 2, chat)
    await addFiles(eve, 2)
    const { next_cursor } = (await ada.get(`${filesOf(ada)}?limit=1`)).body
    const { next_cursor: ofChat } = (await ada.get(`/api/users/${ada.id}/chats/${chat.id}/files?limit=1`)).body
    for (const [person, query] of [[ada, `cursor=${next_cursor}`], [ada, `limit=1&cursor=${ofChat}`], [eve, `limit=1&cursor=${next_cursor}`], [others, `limit=1&cursor=${next_cursor}`]] as const)
      expectInvalid(await person.get(`${filesOf(person)}?${query}`), 'Invalid query(cursor)', 'cursor')
  })
})
