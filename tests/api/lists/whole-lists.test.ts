import { describe, expect, it } from 'vitest'
import { appendMessages, createChat, signedInUser, type TestUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'

const mebibyte = 1024 * 1024
const maxRows = 1000
const text = (length: number) => 'x'.repeat(length)

/** Creates a chat with this many short messages: `Message 0`, `Message 1` and so on. */
async function chatWithMessages(ada: TestUser, count: number) {
  const chat = await createChat(ada)
  const contents = Array.from({ length: count }, (_, i) => `Message ${i}`)
  for (let at = 0; at < count; at += maxRows) await appendMessages(ada, chat, ...contents.slice(at, at + maxRows))
  return { contents, path: `/api/users/${ada.id}/chats/${chat.id}/messages` as const }
}

/** Reads a list page by page. Returns the rows of each page. */
async function readPages(ada: TestUser, path: `/api/users/${number}/chats/${number}/messages`, query: string) {
  const pages = []
  for (let cursor = ''; ;) {
    const { body } = await ada.get(`${path}?${query}${cursor}`)
    pages.push(body.chatMessages)
    if (!body.next_cursor) return pages
    cursor = `&cursor=${body.next_cursor}`
  }
}

describe('a list without a limit', () => {
  it('has a length if it fits one page', async () => {
    const ada = await signedInUser()
    const { path, contents } = await chatWithMessages(ada, maxRows)
    const { headers, body } = await ada.get(path)
    expect(body.chatMessages.map(({ content }) => content)).toEqual(contents)
    expect(headers.get('content-length')).toMatch(/^\d+$/)
  })

  it('has a length even if its text is long', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const contents = Array.from({ length: 8 }, (_, i) => `${i}${text(i === 0 ? 300_000 : 100_000)}`)
    const files = [0, 1].map(i => ({ title: `${i}.txt`, text: text(200_000) }))
    await appendMessages(ada, chat, { message: contents[0]!, files }, ...contents.slice(1))
    for (const order of ['asc', 'desc']) {
      const { headers, body } = await ada.get(`/api/users/${ada.id}/chats/${chat.id}/messages?order_by=id:${order}`)
      const found = order === 'asc' ? body.chatMessages : body.chatMessages.toReversed()
      expect(found.map(({ content }) => content)).toEqual(contents)
      expect(found[0]!.files.map(({ text }) => text)).toEqual(files.map(({ text }) => text))
      expect(headers.get('content-length')).toMatch(/^\d+$/)
    }
  })

  it('is streamed in order if it does not', async () => {
    const ada = await signedInUser()
    const { path, contents } = await chatWithMessages(ada, 2 * maxRows + 1)
    const { headers, body } = await ada.get(path)
    expect(body.chatMessages.map(({ content }) => content)).toEqual(contents)
    expect(headers.get('content-length')).toBeNull()
    expect(headers.get('content-type')).toBe('application/json')

    const reversed = await ada.get(`${path}?order_by=id:desc`)
    expect(reversed.body.chatMessages.map(({ content }) => content)).toEqual(contents.toReversed())
  })

  it('is not read in full for HEAD', async () => {
    const ada = await signedInUser()
    const { path } = await chatWithMessages(ada, maxRows + 1)
    const { status, text } = await rawRequest('HEAD', path, { headers: { cookie: `neptun-session=${ada.session}` } })
    expect([status, text]).toEqual([200, ''])
  })

  it('may be larger than a page in bytes', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const contents = Array.from({ length: 7 }, (_, i) => `${i}${text(900_000)}`)
    for (const content of contents) await appendMessages(ada, chat, content)
    const { body, headers } = await ada.get(`/api/users/${ada.id}/chats/${chat.id}/messages`)
    expect(headers.get('content-length')).toBeNull()
    expect(body.chatMessages.map(({ content }) => content)).toEqual(contents)
  })
})

describe('a page', () => {
  it('ends early when it reaches 4 MiB of text, and the next one goes on', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const contents = Array.from({ length: 7 }, (_, i) => `${i}${text(900_000)}`)
    for (const content of contents) await appendMessages(ada, chat, content)
    for (const order of ['asc', 'desc']) {
      const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
      const pages = await readPages(ada, path, `order_by=id:${order}&limit=100`)
      expect(pages.map(page => page.length)).toEqual([5, 2])
      const expected = order === 'asc' ? contents : contents.toReversed()
      expect(pages.flat().map(({ content }) => content)).toEqual(expected)
    }
  })

  it('counts the text of files', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const files = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ title: `${i}.txt`, text: `${i}${text(mebibyte / 4 - 2)}` }))
    for (let i = 0; i < 5; i++) await appendMessages(ada, chat, { message: `Message ${i}`, files: files(6) })
    for (const order of ['asc', 'desc']) {
      const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
      const pages = await readPages(ada, path, `order_by=id:${order}&limit=100`)
      expect(pages.length).toBeGreaterThan(1)
      const messages = pages.flat()
      const expected = ['Message 0', 'Message 1', 'Message 2', 'Message 3', 'Message 4']
      expect(messages.map(({ content }) => content)).toEqual(order === 'asc' ? expected : expected.toReversed())
      for (const { files: found } of messages)
        expect(found.map(({ title, text }) => [title, text])).toEqual(files(6).map(({ title, text }) => [title, text]))
    }
  })

  it('has at least one row, with all of its files', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, 'Many files')
    await appendMessages(ada, chat, 'The next message')
    const files = Array.from({ length: 10 }, (_, i) => ({ title: `${i}.txt`, text: text(mebibyte / 4) }))
    for (let i = 0; i < 2; i++)
      await ada.post(`/api/users/${ada.id}/chats/${chat.id}/files/${message.id}`, { files })
    const pages = await readPages(ada, `/api/users/${ada.id}/chats/${chat.id}/messages`, 'limit=100')
    expect(pages.map(page => page.map(({ content }) => content))).toEqual([['Many files'], ['The next message']])
    expect(pages[0]![0]!.files).toHaveLength(20)
  })

  it('of projects ends early, too', async () => {
    const ada = await signedInUser()
    const descriptions = Array.from({ length: 150 }, (_, i) => `${i}`.padEnd(10_000, '€'))
    const path = `/api/users/${ada.id}/projects` as const
    for (const description of descriptions)
      await ada.post(path, { name: 'P', description, project_type: 'backend', programming_language: 'rust' })
    const { body, headers } = await ada.get(path)
    expect(headers.get('content-length')).toBeNull()
    expect(body.projects.map(({ description }) => description)).toEqual(descriptions.toReversed())
  })
})
