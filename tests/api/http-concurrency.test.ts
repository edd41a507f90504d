import { expect, it } from 'vitest'
import { chatOf, messagesIn, projectOf, signedInUser } from '../support/world.ts'

/** Somebody with one thing of each kind, and what each path has to answer: which rows, and that all are the owner's. */
async function someoneWithEverything(number: number) {
  const person = await signedInUser()
  const project = await projectOf(person, { name: `Project of ${number}` })
  const chat = await chatOf(person, { name: `Chat of ${number}` }, project)
  const files = [{ title: `file-of-${number}.txt`, text: `Text of ${number}` }]
  const [message] = await messagesIn(person, chat, { message: `Message of ${number}`, files })
  const user = `/api/users/${person.id}`
  const path = {
    projects: `${user}/projects`,
    chats: `${user}/projects/${project.id}/chats`,
    chatMessages: `${user}/chats/${chat.id}/messages`,
    chatFiles: `${user}/chats/${chat.id}/files`,
  }
  const owned = { neptun_user_id: person.id }
  const expected = {
    projects: [{ ...owned, id: project.id, name: `Project of ${number}` }],
    chats: [{ ...owned, id: chat.id, name: `Chat of ${number}` }],
    chatMessages: [{ ...owned, id: message.id, content: `Message of ${number}`, files: [{ text: `Text of ${number}` }] }],
    chatFiles: [{ ...owned, id: message.files[0].id, name: `file-of-${number}.txt` }],
  }
  const kinds = Object.keys(path) as (keyof typeof path)[]
  return [
    ...kinds.map(kind => ({ send: () => person.get(path[kind]), expected: { [kind]: expected[kind] } })),
    { send: () => person.get('/api/auth/check'), expected: { user: { id: person.id, primary_email: person.email } } },
  ]
}

it('concurrent requests of different shapes each get their own rows', async () => {
  const requests: Awaited<ReturnType<typeof someoneWithEverything>> = []
  for (let number = 0; number < 10; number++) requests.push(...await someoneWithEverything(number))
  // Every fifth is of the same shape, every fiftieth the same: neighbours differ in shape, or in person.
  const all = Array.from({ length: 200 }, (_, i) => requests[(i * 7) % requests.length]!)
  const answers = await Promise.all(all.map(({ send }) => send()))
  expect(answers.map(({ status }) => status)).toStrictEqual(all.map(() => 200))
  for (const [i, { body }] of answers.entries()) expect(body).toMatchObject(all[i]!.expected)
})
