import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '../support/http.ts'
import { chatOf, messagesIn, projectOf, signedInUser, type Person } from '../support/world.ts'

/** What happens between two pages: a row is added, or the one at this place (of those that are left) is deleted. */
const step = fc.oneof(
  fc.record({ add: fc.constantFrom('a', 'b', 'ä', 'Z', '🗝') }),
  fc.record({ remove: fc.nat(30) }),
)
const walks = fc.record({
  rows: fc.integer({ min: 0, max: 12 }),
  limit: fc.integer({ min: 1, max: 4 }),
  /** After each page. */
  steps: fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 8 }),
})

interface Rows {
  path: string
  key: string
  add: (name: string) => Promise<number>
  remove: (id: number) => Promise<unknown>
}

async function chatsOf(person: Person): Promise<Rows> {
  const project = await projectOf(person)
  const path = `/api/users/${person.id}/projects/${project.id}/chats`
  return {
    path,
    key: 'chats',
    add: async name => (await chatOf(person, { name, model: `google/${name === 'a' ? 'gemma' : 'palm'}` }, project)).id as number,
    remove: id => person.send('DELETE', `${path}/${id}`),
  }
}

async function messagesOf(person: Person): Promise<Rows> {
  const chat = await chatOf(person)
  const path = `/api/users/${person.id}/chats/${chat.id}/messages`
  return {
    path,
    key: 'chatMessages',
    add: async name => (await messagesIn(person, chat, name))[0].id as number,
    remove: id => person.send('DELETE', `${path}/${id}`),
  }
}

it.each([
  ['chats by id', chatsOf, 'id:asc'],
  ['chats by name', chatsOf, 'name:asc'],
  ['chats by model backwards', chatsOf, 'model:desc'],
  ['chats by model and name', chatsOf, 'model:asc,name:desc'],
  ['chats, latest first', chatsOf, 'created_at:desc'],
  ['messages', messagesOf, 'id:asc'],
  ['messages, latest first', messagesOf, 'id:desc'],
])('a walk through %s skips and doubles nothing, whatever is added and deleted meanwhile', async (_, listOf, order) => {
  const ada = await signedInUser()
  await fc.assert(fc.asyncProperty(walks, async ({ rows, limit, steps }) => {
    const { path, key, add, remove } = await listOf(ada)
    const lasting: number[] = []
    for (let i = 0; i < rows; i++) lasting.push(await add('abcä'[i % 4]!))
    const seen: number[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null; page++) {
      const { body }: Json = await ada.get(`${path}?order_by=${order}&limit=${limit}${cursor && `&cursor=${cursor}`}`)
      seen.push(...body[key].map(({ id }: Json) => id as number))
      for (const change of steps[page] ?? []) {
        if ('add' in change) await add(change.add)
        else if (lasting.length > 0) await remove(lasting.splice(change.remove % lasting.length, 1)[0]!)
      }
      cursor = body.next_cursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    // What was there from the first page to the last was seen.
    expect(seen).toEqual(expect.arrayContaining(lasting))
  }), { numRuns: 8 })
}, 60_000)
