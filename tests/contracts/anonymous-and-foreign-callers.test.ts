import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { bodyOf, fill, missing, worldOf, type Ids } from '../support/everything.ts'
import { request } from '../support/http.ts'
import { signedInUser, type Person } from '../support/world.ts'

const things: Record<string, string> = {
  session_id: 'Session',
  project_id: 'Project',
  chat_id: 'Chat',
  message_id: 'Message',
  file_id: 'File',
  share_id: 'Share',
  entry_id: 'Whitelist entry',
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

const guarded = Object.values(contracts)
  .filter(({ session }) => session === 'required')
  .map(({ route }) => ({ route, method: route.split(' ')[0]!, path: route.split(' ')[1]! }))

const owned = guarded.filter(({ path }) => path.includes('{user_id}'))
const nested = owned.flatMap(({ route, method, path }) =>
  [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name as keyof Ids).filter(name => name !== 'user_id')
    .map(foreign => ({ route, method, path, foreign })))

describe('somebody without a session', () => {
  it.each(guarded)('is refused: $route', async ({ route, method, path }) => {
    const ada = await signedInUser()
    const ids = await worldOf(ada)
    for (const cookie of ['', 'neptun-session=', 'neptun-session=guessed']) {
      const answer = await request(method, fill(path, ids), bodyOf(route, ada, ids), { headers: { cookie } })
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
    const theirs = await eve.send(method, fill(path, ids), bodyOf(route, eve, ids))
    const nobodys = await eve.send(method, fill(path, { ...ids, user_id: missing }), bodyOf(route, eve, ids))
    expect(theirs.status).toBe(404)
    expect(theirs.body.message).toBe('User not found')
    expect(nobodys.text).toBe(theirs.text)
  })

  it.each(nested)('cannot tell a $foreign of somebody else from one that is not there: $route', async ({ route, method, path, foreign }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [adas, eves] = [await worldOf(ada), await worldOf(eve)]
    const theirs = await eve.send(method, fill(path, { ...eves, [foreign]: adas[foreign] }), bodyOf(route, eve, eves))
    const nobodys = await eve.send(method, fill(path, { ...eves, [foreign]: missing }), bodyOf(route, eve, eves))
    expect(theirs.status).toBe(404)
    expect(theirs.body.message).toBe(`${things[foreign]} not found`)
    expect(nobodys.text).toBe(theirs.text)
    expect([...nobodys.headers.keys()]).toEqual([...theirs.headers.keys()])
  })

  it.each(nested)('does not get in with all ids of somebody else but the user: $route', async ({ route, method, path }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const ids = await worldOf(ada)
    const answer = await eve.send(method, fill(path, { ...ids, user_id: eve.id }), bodyOf(route, eve, ids))
    expect(answer.status).toBe(404)
    // And everything is where it was.
    expect(await worldIn(ada, ids)).toBe(6)
  })
})
