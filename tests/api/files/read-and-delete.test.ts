import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fileContents, files } from '#db/schema/files'
import { anyTimestamp, expectError, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const aFile = { title: 'example', text: 'print("ñ")', language: 'python', extension: 'py' }
const aFileLink = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/)
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id)
const storedContents = (id: number) =>
  db.select({ id: fileContents.file_id }).from(fileContents).where(eq(fileContents.file_id, id))

/** A user with a message that has the given files and a later message with another file. */
async function userWithFiles(...files: object[]) {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const [message, later] = await appendMessages(owner, chat, { message: 'Look', files },
    { message: 'And here', files: [{ title: 'later.txt', text: 'later' }] })
  const chatPath = `/api/users/${owner.id}/chats/${chat.id}` as const
  const pathOf = (file: { id: number }, of: { id: number } = message) =>
    `${chatPath}/messages/${of.id}/files/${file.id}` as const
  const listIds = async () => idsOf((await owner.get(`${chatPath}/files`)).body.chatFiles)
  const updatedAt = async () => (await owner.get(chatPath)).body.chat.updated_at
  const file = message.files[0]!
  return { owner, chat, message, later, chatPath, pathOf, listIds, updatedAt, file, path: pathOf(file) }
}

describe('GET /api/users/[user_id]/chats/[chat_id]/messages/[message_id]/files/[file_id]', () => {
  it('returns exactly the documented fields, including the text', async () => {
    const { owner, chat, message, file, path } = await userWithFiles(aFile)
    expectJson(await owner.get(path), 200, {
      chatFile: {
        id: file.id,
        neptun_user_id: owner.id,
        chat_conversation_id: chat.id,
        chat_conversation_message_id: message.id,
        title: 'example',
        text: 'print("ñ")',
        language: 'python',
        extension: 'py',
        name: 'example.py',
        size: 11,
        type: expect.stringMatching(/^text\//),
        url: aFileLink,
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      },
    })
  })

  it('returns the file as its message shows it, with a working link', async () => {
    const { owner, file, path } = await userWithFiles(aFile)
    const { chatFile } = (await owner.get(path)).body
    expect(chatFile).toStrictEqual({ ...file, url: aFileLink })
    expect((await follow(chatFile.url)).text).toBe('print("ñ")')
  })

  it('returns text of up to 256 KiB and an empty string beyond', async () => {
    const [longest, tooLong] = ['x'.repeat(256 * 1024), 'x'.repeat(256 * 1024 + 1)]
    const { owner, message, pathOf } = await userWithFiles(
      { title: 'a.txt', text: longest }, { title: 'b.txt', text: tooLong })
    const [inline, large] = message.files
    expect((await owner.get(pathOf(inline!))).body.chatFile).toMatchObject({ text: longest, size: longest.length })
    const { chatFile } = (await owner.get(pathOf(large!))).body
    expect(chatFile).toMatchObject({ text: '', size: tooLong.length })
    expect((await follow(chatFile.url)).text).toBe(tooLong)
  })

  it('serves binary content only at its link', async () => {
    const { owner, file, path } = await userWithFiles(aFile)
    const content = new Uint8Array([0, 255, 1])
    await db.update(files).set({ is_text: false, size: 3 }).where(eq(files.id, file.id))
    await db.update(fileContents).set({ content }).where(eq(fileContents.file_id, file.id))
    const { chatFile } = (await owner.get(path)).body
    expect(chatFile).toStrictEqual({ ...file, text: '', size: 3, url: aFileLink })
    expect([...(await follow(chatFile.url)).bytes]).toStrictEqual([0, 255, 1])
  })

  it('leaves updated_at of the chat unchanged', async () => {
    const { owner, path, updatedAt } = await userWithFiles(aFile)
    const before = await updatedAt()
    await owner.get(path)
    expect(await updatedAt()).toBe(before)
  })
})

describe('DELETE /api/users/[user_id]/chats/[chat_id]/messages/[message_id]/files/[file_id]', () => {
  it('returns true and removes the file', async () => {
    const { owner, path } = await userWithFiles(aFile)
    expectJson(await owner.send('DELETE', path), 200, true)
    expectError(await owner.get(path), 404, 'File not found')
    expectError(await owner.send('DELETE', path), 404, 'File not found')
  })

  it('deletes the stored content', async () => {
    const { owner, file, path } = await userWithFiles(aFile)
    expect(await storedContents(file.id)).toHaveLength(1)
    await owner.send('DELETE', path)
    expect(await storedContents(file.id)).toHaveLength(0)
  })

  it('invalidates its links', async () => {
    const { owner, file, path } = await userWithFiles(aFile)
    expect((await follow(file.url)).status).toBe(200)
    await owner.send('DELETE', path)
    expectError(await follow(file.url), 404, 'File not found')
  })

  it('leaves the message and its other files unchanged', async () => {
    const other = { title: 'other.txt', text: 'other' }
    const { owner, chatPath, message, later, listIds, path } = await userWithFiles(aFile, other)
    const kept = message.files[1]!
    await owner.send('DELETE', path)
    const { chatMessage } = (await owner.get(`${chatPath}/messages/${message.id}`)).body
    expect(chatMessage).toStrictEqual({ ...message, files: [{ ...kept, url: aFileLink }] })
    expect(await listIds()).toStrictEqual([kept.id, later.files[0].id])
    expect((await follow(kept.url)).text).toBe('other')
  })

  it('bumps updated_at of the chat', async () => {
    const { owner, path, updatedAt } = await userWithFiles(aFile)
    const before = await updatedAt()
    await owner.send('DELETE', path)
    expect(await updatedAt() > before).toBe(true)
  })
})

describe.each(['GET', 'DELETE'])('%s a file at another path', (method) => {
  it('does not find a file of another message', async () => {
    const { owner, file, later, pathOf, listIds, updatedAt } = await userWithFiles(aFile)
    const before = await updatedAt()
    expectError(await owner.send(method, pathOf(file, later)), 404, 'File not found')
    expectError(await owner.send(method, pathOf(later.files[0])), 404, 'File not found')
    expect(await listIds()).toStrictEqual([file.id, later.files[0].id])
    expect(await updatedAt()).toBe(before)
  })

  it('does not find a file of another chat', async () => {
    const { owner, chat, path, listIds } = await userWithFiles(aFile)
    const other = await createChat(owner)
    const wrongPath = path.replace(`chats/${chat.id}`, `chats/${other.id}`)
    expectError(await owner.send(method, wrongPath), 404, 'Message not found')
    expect(await listIds()).toHaveLength(2)
  })
})
