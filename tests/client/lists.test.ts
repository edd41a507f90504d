import { beforeAll, describe, expect, it } from 'vitest'
import { createNeptun, NotFoundError, type Neptun } from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { appendMessages, createChatWithoutProject, missingId, signedInUser } from '../support/factories.ts'

const baseUrl = await startCheckingProxy()
const texts = Array.from({ length: 250 }, (_, i) => `Message ${i}`)
let chatId: number
let neptun: Neptun
/** The queries of the requests for lists. */
let queries: string[] = []

beforeAll(async () => {
  const ada = await signedInUser()
  const chat = await createChatWithoutProject(ada)
  await appendMessages(ada, chat, ...texts)
  chatId = chat.id
  neptun = createNeptun({
    baseUrl,
    session: ada.session,
    fetch: (url, init) => {
      const { pathname, searchParams } = new URL(url)
      searchParams.delete('cursor')
      if (pathname.endsWith('/messages')) queries.push(searchParams.toString())
      return fetch(url, init)
    },
  })
  return () => {
    queries = []
  }
})

/** Collects what an iteration has, and the queries that it sent. */
async function collect<T>(rows: AsyncIterable<T>) {
  queries = []
  return { rows: await Array.fromAsync(rows), queries }
}

describe('a list', () => {
  it('requests nothing until it is used', async () => {
    queries = []
    neptun.messages.list(missingId)
    await neptun.health.get()
    expect(queries).toEqual([])
  })

  it('resolves to all rows without a limit, in one request', async () => {
    queries = []
    const list = neptun.messages.list(chatId)
    expect((await list).map(({ content }) => content)).toEqual(texts)
    expect((await list).length).toBe(250)
    expect(queries).toEqual([''])
  })

  it('resolves to a page with a limit', async () => {
    const rows = await neptun.messages.list(chatId, { limit: 2, order_by: ['id:desc'] })
    expect(rows.map(({ content }) => content)).toEqual(['Message 249', 'Message 248'])
  })

  it.each([
    [{}, ['limit=100', 'limit=100', 'limit=100']],
    [{ limit: 90 }, ['limit=90', 'limit=90', 'limit=90']],
    [{ limit: undefined, order_by: [] }, ['limit=100', 'limit=100', 'limit=100']],
  ])('is iterated page by page with %j', async (query, expected) => {
    const { rows, queries } = await collect(neptun.messages.list(chatId, query))
    expect(rows.map(({ content }) => content)).toEqual(texts)
    expect(queries).toEqual(expected)
  })

  it('keeps its query, whatever becomes of the object', async () => {
    const query = { limit: 2 }
    const list = neptun.messages.list(chatId, query)
    query.limit = 3
    expect([await list, (await list.page()).items].map(rows => rows.length)).toEqual([2, 2])
  })

  it('requests no further page once an iteration ends', async () => {
    queries = []
    for await (const { content } of neptun.messages.list(chatId, { limit: 10 })) if (content === 'Message 12') break
    expect(queries).toEqual(['limit=10', 'limit=10'])
  })

  it('can be iterated again', async () => {
    const list = neptun.messages.list(chatId, { limit: 100 })
    expect((await collect(list)).rows).toEqual((await collect(list)).rows)
  })

  it('has pages', async () => {
    const { rows: pages } = await collect(neptun.messages.list(chatId, { limit: 100 }).pages())
    expect(pages.map(({ items }) => items.length)).toEqual([100, 100, 50])
    expect(pages.map(({ nextCursor }) => typeof nextCursor)).toEqual(['string', 'string', 'undefined'])
  })

  it('continues with the cursor of a page', async () => {
    const first = await neptun.messages.list(chatId).page()
    const { data: second, response } = await neptun.messages.list(chatId, { cursor: first.nextCursor }).page()
      .withResponse()
    expect([...first.items, ...second.items].map(({ content }) => content)).toEqual(texts.slice(0, 200))
    expect(response.headers.get('X-Request-Id')).toBeTruthy()
    const { rows } = await collect(neptun.messages.list(chatId, { cursor: second.nextCursor }))
    expect(rows.map(({ content }) => content)).toEqual(texts.slice(200))
  })

  it('rejects in each of its forms', async () => {
    const list = neptun.messages.list(missingId)
    await expect(list).rejects.toThrow(NotFoundError)
    await expect(list.page()).rejects.toThrow(NotFoundError)
    await expect(collect(list)).rejects.toThrow(NotFoundError)
    await expect(collect(list.pages())).rejects.toThrow(NotFoundError)
    expect(await list.catch((error: unknown) => error)).toBeInstanceOf(NotFoundError)
  })
})
