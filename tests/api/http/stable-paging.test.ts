import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendMessages, createChat, createProject, signedInUser, type TestUser } from '../../support/factories.ts'

/** Adds a row with this name, or deletes one of the initial rows by its index modulo the number of those left. */
const aChange = fc.oneof(
  fc.record({ add: fc.constantFrom('a', 'b', 'ä', 'Z', '🗝') }),
  fc.record({ remove: fc.nat(30) }),
)
const walks = fc.record({
  initialRows: fc.integer({ min: 0, max: 12 }),
  limit: fc.integer({ min: 1, max: 4 }),
  /** For each page, the changes made after it is read. */
  changes: fc.array(fc.array(aChange, { maxLength: 3 }), { maxLength: 8 }),
})

interface Page {
  rows: { id: number }[]
  next_cursor?: string | null
}

interface List {
  readPage: (query: string) => Promise<Page>
  add: (name: string) => Promise<number>
  remove: (id: number) => Promise<unknown>
}

async function chatsOf(person: TestUser): Promise<List> {
  const project = await createProject(person)
  const path = `/api/users/${person.id}/projects/${project.id}/chats` as const
  return {
    async readPage(query) {
      const { chats, next_cursor } = (await person.get(`${path}?${query}`)).body
      return { rows: chats, next_cursor }
    },
    async add(name) {
      const { id } = await createChat(person, { name, model: `google/${name === 'a' ? 'gemma' : 'palm'}` }, project)
      return id
    },
    remove: id => person.send('DELETE', `${path}/${id}`),
  }
}

async function messagesOf(person: TestUser): Promise<List> {
  const chat = await createChat(person)
  const path = `/api/users/${person.id}/chats/${chat.id}/messages` as const
  return {
    async readPage(query) {
      const { chatMessages, next_cursor } = (await person.get(`${path}?${query}`)).body
      return { rows: chatMessages, next_cursor }
    },
    add: async name => (await appendMessages(person, chat, name))[0].id,
    remove: id => person.send('DELETE', `${path}/${id}`),
  }
}

describe('paging', () => {
  it.each([
    ['chats by id', chatsOf, 'id:asc'],
    ['chats by name', chatsOf, 'name:asc'],
    ['chats by model, descending', chatsOf, 'model:desc'],
    ['chats by model and name', chatsOf, 'model:asc,name:desc'],
    ['chats, latest first', chatsOf, 'created_at:desc'],
    ['messages', messagesOf, 'id:asc'],
    ['messages, latest first', messagesOf, 'id:desc'],
  ])('neither skips nor repeats rows when others are added and deleted between pages: %s', async (_, listOf, order) => {
    const ada = await signedInUser()
    await fc.assert(fc.asyncProperty(walks, async ({ initialRows, limit, changes }) => {
      const { readPage, add, remove } = await listOf(ada)
      const remaining: number[] = []
      for (let i = 0; i < initialRows; i++) remaining.push(await add('abcä'[i % 4]!))
      const seen: number[] = []
      let cursor: string | null = ''
      for (let page = 0; cursor !== null; page++) {
        const query = `order_by=${order}&limit=${limit}${cursor && `&cursor=${cursor}`}`
        const { rows, next_cursor }: Page = await readPage(query)
        seen.push(...rows.map(({ id }) => id))
        for (const change of changes[page] ?? []) {
          if ('add' in change) await add(change.add)
          else if (remaining.length > 0) await remove(remaining.splice(change.remove % remaining.length, 1)[0]!)
        }
        cursor = next_cursor ?? null
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toEqual(expect.arrayContaining(remaining))
    }), { numRuns: 8 })
  }, 60_000)
})
