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
  'PATCH /api/users/{user_id}': { email: 'eve@example.com', current_password: 'correct horse battery' },
  'PATCH /api/users/{user_id}/projects/{project_id}': { name: 'Mine now' },
  'DELETE /api/users/{user_id}/projects/{project_id}/chats': { chat_ids: [1] },
  'POST /api/users/{user_id}/chats': { name: 'Mine', model: 'google/gemma-2-27b-it' },
  'DELETE /api/users/{user_id}/chats': { chat_ids: [1] },
  'PATCH /api/users/{user_id}/chats/{chat_id}': { name: 'Mine now' },
  'PATCH /api/users/{user_id}/chats/{chat_id}/messages/{message_id}': { message: 'Was here' },
  'PATCH /api/users/{user_id}/chats/{chat_id}/shares/{share_id}': { is_shared: true },
  'POST /api/shared/chats/{uuid}/unlock': { password: 'open sesame' },
}

/** What every resource of the API is called in a path, and where it is at. */
interface Ids {
  user_id: number
  session_id: number
  project_id: number
  chat_id: number
  message_id: number
  file_id: number
  share_id: number
  entry_id: number
}

const things: Record<string, string> = {
  session_id: 'Session',
  project_id: 'Project',
  chat_id: 'Chat',
  message_id: 'Message',
  file_id: 'File',
  share_id: 'Share',
  entry_id: 'Whitelist entry',
}

async function worldOf(person: Person): Promise<Ids> {
  const project = await projectOf(person)
  const chat = await chatOf(person, {}, project)
  const [message] = await messagesIn(person, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'Hello' }] })
  const share = await shareOf(person, chat, { emails: [person.email] })
  const me = `/api/users/${person.id}`
  const { sessions } = (await person.get(`${me}/sessions`)).body
  const { shareWhitelistEntries: entries } = (await person.get(`${me}/chats/${chat.id}/shares/${share.id}/whitelist-entries`)).body
  return {
    user_id: person.id,
    session_id: sessions[0].id,
    project_id: project.id,
    chat_id: chat.id,
    message_id: message.id,
    file_id: message.files[0].id,
    share_id: share.id,
    entry_id: entries[0].id,
  }
}

/** How many of somebody's things are still there. */
async function worldIn(person: Person, ids: Ids): Promise<number> {
  const chat = `/api/users/${person.id}/chats/${ids.chat_id}`
  const answers = await Promise.all([
    `/api/users/${person.id}/projects/${ids.project_id}`,
    chat,
    `${chat}/messages/${ids.message_id}`,
    `${chat}/messages/${ids.message_id}/files/${ids.file_id}`,
    `${chat}/shares/${ids.share_id}`,
    '/api/auth/check',
  ].map(path => person.get(path)))
  return answers.filter(({ status }) => status === 200).length
}

const missing = 999_999_999_999

const fill = (path: string, ids: Partial<Ids>) =>
  path.replaceAll(/{(\w+)}/g, (_, name: keyof Ids) => String(ids[name] ?? missing))

const guarded = Object.values(contracts)
  .filter(({ session }) => session === 'required')
  .map(({ route, body }) => ({ route, method: route.split(' ')[0]!, path: route.split(' ')[1]!, body }))

const owned = guarded.filter(({ path }) => path.includes('{user_id}'))
const nested = owned.flatMap(({ route, method, path }) =>
  [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name as keyof Ids).filter(name => name !== 'user_id')
    .map(foreign => ({ route, method, path, foreign })))

it.each(guarded.filter(({ body }) => body))('has a body for $route', ({ route }) => {
  // One may be left out where every field may.
  expect(route in bodies || route.endsWith('/shares')).toBe(true)
})

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
    expect(theirs.body.message).toBe(`${things[foreign]} not found`)
    expect(nobodys.text).toBe(theirs.text)
    expect([...nobodys.headers.keys()]).toEqual([...theirs.headers.keys()])
  })

  it.each(nested)('does not get in with all ids of somebody else but the user: $route', async ({ route, method, path }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const ids = await worldOf(ada)
    const answer = await eve.send(method, fill(path, { ...ids, user_id: eve.id }), bodies[route])
    expect(answer.status).toBe(404)
    // And everything is where it was.
    expect(await worldIn(ada, ids)).toBe(6)
  })
})
