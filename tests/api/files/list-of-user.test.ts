import { describe, expect, it } from 'vitest'
import { expectInvalid, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, createProject, signedInUser, type TestUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { fetchPages } from '../../support/shared-suites.ts'

const aFile = { title: 'example', text: 'print("ñ")', language: 'python', extension: 'py' }
const aFileLink = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/)
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id)
const pathOf = (person: TestUser) => `/api/users/${person.id}/files` as const

/** Adds files to the given or a new chat and returns their ids. */
async function addFiles(person: TestUser, count: number, chat?: { id: number }): Promise<number[]> {
  const files = Array.from({ length: count }, (_, i) => ({ title: `${i}.txt`, text: String(i) }))
  const [message] = await appendMessages(person, chat ?? await createChat(person), { message: 'Look', files })
  return idsOf(message.files)
}

describe('GET /api/users/[user_id]/files', () => {
  it('returns exactly the documented fields, without the text', async () => {
    const owner = await signedInUser()
    const chat = await createChat(owner)
    const [message] = await appendMessages(owner, chat, { message: 'Look', files: [aFile] })
    const { text: _, ...file } = message.files[0]
    expectJson(await owner.get(pathOf(owner)), 200, { files: [{ ...file, url: aFileLink }] })
    expect(Object.keys(file).sort()).toStrictEqual([
      'chat_conversation_id', 'chat_conversation_message_id', 'created_at', 'extension', 'id', 'language',
      'name', 'neptun_user_id', 'size', 'title', 'type', 'updated_at', 'url'])
  })

  it('returns working file links', async () => {
    const owner = await signedInUser()
    await appendMessages(owner, await createChat(owner), { message: 'Look', files: [aFile] })
    const file = (await owner.get(pathOf(owner))).body.files[0]!
    expect((await follow(file.url)).text).toBe('print("ñ")')
  })

  it('returns an empty list for a new user', async () => {
    const owner = await signedInUser()
    expectJson(await owner.get(pathOf(owner)), 200, { files: [] })
    expectJson(await owner.get(`${pathOf(owner)}?limit=1`), 200, { files: [], next_cursor: null })
  })

  it('lists the files of all own chats in insertion order', async () => {
    const [owner, eve] = [await signedInUser(), await signedInUser()]
    const project = await createProject(owner)
    const [one, other] = [await createChat(owner, {}, project), await createChat(owner)]
    const ids: number[] = []
    for (const chat of [one, other, one]) {
      ids.push(...await addFiles(owner, 2, chat))
      await addFiles(eve, 1)
    }
    const { files } = (await owner.get(pathOf(owner))).body
    expect(idsOf(files)).toStrictEqual(ids)
    expect(files.map(({ chat_conversation_id }) => chat_conversation_id)).toStrictEqual(
      [one.id, one.id, other.id, other.id, one.id, one.id])
  })

  it('excludes the files of a deleted chat', async () => {
    const owner = await signedInUser()
    const [gone, stays] = [await createChat(owner), await createChat(owner)]
    await addFiles(owner, 2, gone)
    const ids = await addFiles(owner, 2, stays)
    await owner.send('DELETE', `/api/users/${owner.id}/chats/${gone.id}`)
    expect(idsOf((await owner.get(pathOf(owner))).body.files)).toStrictEqual(ids)
  })

  it.each([
    [1, [1, 1, 1, 1, 1]], [2, [2, 2, 1]], [5, [5]], [100, [5]],
  ])('returns each file once with limit=%i', async (limit, sizes) => {
    const owner = await signedInUser()
    const ids = [...await addFiles(owner, 3), ...await addFiles(owner, 2)]
    const pages = await fetchPages(owner, pathOf(owner), 'files', { limit })
    expect(pages.map(page => page.length)).toStrictEqual(sizes)
    expect(idsOf(pages.flat())).toStrictEqual(ids)
  })

  it('neither skips nor repeats a file when others are added or deleted between pages', async () => {
    const owner = await signedInUser()
    const chat = await createChat(owner)
    const [first, second, third, fourth] = await addFiles(owner, 4, chat)
    const page = async (query: string) => (await owner.get(`${pathOf(owner)}?limit=2${query}`)).body
    const { files, next_cursor } = await page('')
    const added = await addFiles(owner, 1)
    const { chat_conversation_message_id: messageId } = files[0]!
    await owner.send('DELETE', `/api/users/${owner.id}/chats/${chat.id}/messages/${messageId}/files/${first}`)
    const rest = await page(`&cursor=${encodeURIComponent(next_cursor!)}`)
    expect([idsOf(files), idsOf(rest.files)]).toStrictEqual([[first, second], [third, fourth]])
    const end = await page(`&cursor=${encodeURIComponent(rest.next_cursor!)}`)
    expect([idsOf(end.files), end.next_cursor]).toStrictEqual([added, null])
  })

  it.each([
    ['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=x', 'limit'], ['limit=1&limit=1', 'limit'],
    ['limit=1&cursor=abc', 'cursor'], ['limit=1&cursor=', 'cursor'],
  ])('rejects ?%s', async (query, parameter) => {
    const owner = await signedInUser()
    expectInvalid(await owner.get(`${pathOf(owner)}?${query}`), `Invalid query(${parameter})`, parameter)
  })

  it('accepts a cursor only with a limit and only from the same list', async () => {
    const [owner, eve, bob] = [await signedInUser(), await signedInUser(), await signedInUser()]
    const chat = await createChat(owner)
    await addFiles(owner, 2, chat)
    await addFiles(eve, 2)
    const cursor = (await owner.get(`${pathOf(owner)}?limit=1`)).body.next_cursor!
    const chatFilesPath = `/api/users/${owner.id}/chats/${chat.id}/files` as const
    const chatCursor = (await owner.get(`${chatFilesPath}?limit=1`)).body.next_cursor!
    const requests = [
      [owner, `cursor=${cursor}`],
      [owner, `limit=1&cursor=${chatCursor}`],
      [eve, `limit=1&cursor=${cursor}`],
      [bob, `limit=1&cursor=${cursor}`],
    ] as const
    for (const [person, query] of requests)
      expectInvalid(await person.get(`${pathOf(person)}?${query}`), 'Invalid query(cursor)', 'cursor')
  })
})
