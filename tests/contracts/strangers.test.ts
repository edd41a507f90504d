import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { request } from '../support/http.ts'
import { chatOf, messagesIn, projectOf, shareOf, signedInUser, type Person } from '../support/world.ts'

/** A valid body for each endpoint that takes one, so that only the caller can be what is wrong. */
const bodies: Record<string, object> = {
  'POST /api/auth/sign-up': { email: 'ada@example.com', password: 'correct horse battery' },
  'POST /api/auth/login': { email: 'ada@example.com', password: 'correct horse battery' },
  'POST /api/users/{user_id}/projects': { name: 'Mine', project_type: 'backend', programming_language: 'rust' },
  'POST /api/users/{user_id}/projects/{project_id}/chats': { name: 'Mine now', model: 'google/gemma-2-27b-it' },
  'POST /api/users/{user_id}/chats/{chat_id}/messages': { message: 'Was here', actor: 'user' },
  'POST /api/users/{user_id}/chats/{chat_id}/files/{message_id}': { title: 'a.txt', text: 'Was here' },
  'POST /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries': { emails: ['eve@example.com'] },
  'POST /api/shared/chats/{uuid}/unlock': { password: 'open sesame' },
}

/** What every resource of the API is called in a path, and where it is at. */
interface Ids {
  user_id: number
  project_id: number
  chat_id: number
  message_id: number
  share_id: number
}

async function worldOf(person: Person): Promise<Ids> {
  const project = await projectOf(person)
  const chat = await chatOf(person, {}, project)
  const [message] = await messagesIn(person, chat, 'Hello')
  const share = await shareOf(person, chat, { emails: [person.email] })
  return { user_id: person.id, project_id: project.id, chat_id: chat.id, message_id: message.id, share_id: share.id }
}

const missing = 999_999_999_999

const fill = (path: string, ids: Partial<Ids>) =>
  path.replaceAll(/{(\w+)}/g, (_, name: keyof Ids) => String(ids[name] ?? missing))

const guarded = Object.values(contracts)
  .filter(({ session }) => session === 'required')
  .map(({ route }) => ({ route, method: route.split(' ')[0]!, path: route.split(' ')[1]! }))

const owned = guarded.filter(({ path }) => path.includes('{user_id}'))
const nested = owned.flatMap(({ route, method, path }) =>
  [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name as keyof Ids).filter(name => name !== 'user_id')
    .map(foreign => ({ route, method, path, foreign })))

describe('somebody without a session', () => {
  it.each(guarded)('is refused: $route', async ({ route, method, path }) => {
    const ids = await worldOf(await signedInUser())
    for (const cookie of ['', 'neptun-session=', 'neptun-session=guessed']) {
      const answer = await request(method, fill(path, ids), bodies[route], { headers: { cookie } })
      expect(answer.status).toBe(401)
      expect(answer.body).toStrictEqual({
        statusCode: 401,
        statusMessage: 'Unauthorized',
        message: 'You do not have access to view the information.',
        data: { message: 'You do not have access to view the information.' },
      })
    }
  })
})

describe('a neighbour', () => {
  it.each(owned)('does not find the user of somebody else: $route', async ({ route, method, path }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const ids = await worldOf(ada)
    const theirs = await eve.send(method, fill(path, ids), bodies[route])
    const nobodys = await eve.send(method, fill(path, { ...ids, user_id: missing }), bodies[route])
    expect(theirs.status).toBe(404)
    expect(theirs.body.message).toBe('User not found')
    expect(nobodys.text).toBe(theirs.text)
  })

  it.each(nested)('cannot tell a $foreign of somebody else from one that is not there: $route', async ({ route, method, path, foreign }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [adas, eves] = [await worldOf(ada), await worldOf(eve)]
    const theirs = await eve.send(method, fill(path, { ...eves, [foreign]: adas[foreign] }), bodies[route])
    const nobodys = await eve.send(method, fill(path, { ...eves, [foreign]: missing }), bodies[route])
    expect(theirs.status).toBe(404)
    expect(theirs.body.message).toBe(`${{ project_id: 'Project', chat_id: 'Chat', message_id: 'Message', share_id: 'Share' }[foreign as string]} not found`)
    expect(nobodys.text).toBe(theirs.text)
    expect([...nobodys.headers.keys()]).toEqual([...theirs.headers.keys()])
  })

  it.each(nested)('does not get in with all ids of somebody else but the user: $route', async ({ route, method, path }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const answer = await eve.send(method, fill(path, { ...await worldOf(ada), user_id: eve.id }), bodies[route])
    expect(answer.status).toBe(404)
  })
})
