import { describe, expect, it } from 'vitest'
import { appendMessages, createChat, createProject, signedInUser } from '../../support/factories.ts'

/**
 * Signs up a user with a project, a chat, a message, and a file.
 * @returns requests for all of them, each with the rows to expect
 */
async function requestsOfNewUser(number: number) {
  const person = await signedInUser()
  const project = await createProject(person, { name: `Project of ${number}` })
  const chat = await createChat(person, { name: `Chat of ${number}` }, project)
  const file = { title: `file-of-${number}.txt`, text: `Text of ${number}` }
  const [message] = await appendMessages(person, chat, { message: `Message of ${number}`, files: [file] })
  const user = `/api/users/${person.id}`
  const paths = {
    projects: `${user}/projects`,
    chats: `${user}/projects/${project.id}/chats`,
    chatMessages: `${user}/chats/${chat.id}/messages`,
    chatFiles: `${user}/chats/${chat.id}/files`,
  }
  const owned = { neptun_user_id: person.id }
  const expected = {
    projects: [{ ...owned, id: project.id, name: `Project of ${number}` }],
    chats: [{ ...owned, id: chat.id, name: `Chat of ${number}` }],
    chatMessages: [
      { ...owned, id: message.id, content: `Message of ${number}`, files: [{ text: `Text of ${number}` }] },
    ],
    chatFiles: [{ ...owned, id: message.files[0].id, name: `file-of-${number}.txt` }],
  }
  const resources = Object.keys(paths) as (keyof typeof paths)[]
  return [
    ...resources.map(key => ({ send: () => person.get(paths[key]), expected: { [key]: expected[key] } })),
    {
      send: () => person.get('/api/auth/check'),
      expected: { user: { id: person.id, primary_email: person.email } },
    },
  ]
}

describe('concurrent requests for different resources', () => {
  it('each return the rows of their own caller', async () => {
    const requests: Awaited<ReturnType<typeof requestsOfNewUser>> = []
    for (let number = 0; number < 10; number++) requests.push(...await requestsOfNewUser(number))
    // A stride of 7 through 50 requests: consecutive requests differ in resource and user.
    const all = Array.from({ length: 200 }, (_, i) => requests[(i * 7) % requests.length]!)
    const answers = await Promise.all(all.map(({ send }) => send()))
    expect(answers.map(({ status }) => status)).toStrictEqual(all.map(() => 200))
    for (const [i, { body }] of answers.entries()) expect(body).toMatchObject(all[i]!.expected)
  })
})
