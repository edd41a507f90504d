import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { errorBody } from '../support/expect.ts'
import { missingId, signedInUser, type TestUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { createOneOfEach, fillPath, validBodyOf, type ResourceIds } from '../support/valid-requests.ts'

const resourceNames: Record<string, string> = {
  session_id: 'Session',
  project_id: 'Project',
  chat_id: 'Chat',
  message_id: 'Message',
  file_id: 'File',
  share_id: 'Share',
  entry_id: 'Whitelist entry',
}

/** Counts how many of the user's resources still exist. */
async function countResources(person: TestUser, ids: ResourceIds): Promise<number> {
  const chat = `/api/users/${person.id}/chats/${ids.chat_id}`
  const responses = await Promise.all([
    `/api/users/${person.id}/projects/${ids.project_id}`,
    chat,
    `${chat}/messages/${ids.message_id}`,
    `${chat}/messages/${ids.message_id}/files/${ids.file_id}`,
    `${chat}/shares/${ids.share_id}`,
    '/api/auth/check',
  ].map(path => person.get(path)))
  return responses.filter(({ status }) => status === 200).length
}

const withSession = Object.values(contracts)
  .filter(({ session }) => session === 'required')
  .map(({ route }) => ({ route, method: route.split(' ')[0]!, path: route.split(' ')[1]! }))

const ofUser = withSession.filter(({ path }) => path.includes('{user_id}'))

/** Each path paired with each of its ids, except the user id. */
const nested = ofUser.flatMap(({ route, method, path }) =>
  [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name as keyof ResourceIds).filter(name => name !== 'user_id')
    .map(id => ({ route, method, path, id })))

describe('anonymous caller', () => {
  it.each(withSession)('receives a 401: $route', async ({ route, method, path }) => {
    const ada = await signedInUser()
    const ids = await createOneOfEach(ada)
    for (const cookie of ['', 'neptun-session=', 'neptun-session=guessed']) {
      const response = await request(method, fillPath(path, ids), validBodyOf(route, ada, ids), { headers: { cookie } })
      expect(response.status).toBe(401)
      const error = errorBody(401, 'You do not have access to view the information.')
      expect(response.body).toStrictEqual(method === 'HEAD' ? undefined : error)
    }
  })
})

describe('foreign caller', () => {
  it.each(ofUser)('receives the same 404 for foreign and missing users: $route', async ({ route, method, path }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const ids = await createOneOfEach(ada)
    const foreign = await eve.send(method, fillPath(path, ids), validBodyOf(route, eve, ids))
    const absent = await eve.send(method, fillPath(path, { ...ids, user_id: missingId }), validBodyOf(route, eve, ids))
    expect(foreign.status).toBe(404)
    expect(foreign.error.message).toBe('User not found')
    expect(absent.text).toBe(foreign.text)
  })

  const sameNotFound = 'receives the same 404 for a foreign and a missing $id: $route'
  it.each(nested)(sameNotFound, async ({ route, method, path, id }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [adasIds, evesIds] = [await createOneOfEach(ada), await createOneOfEach(eve)]
    const body = validBodyOf(route, eve, evesIds)
    const foreign = await eve.send(method, fillPath(path, { ...evesIds, [id]: adasIds[id] }), body)
    const absent = await eve.send(method, fillPath(path, { ...evesIds, [id]: missingId }), body)
    expect(foreign.status).toBe(404)
    expect(foreign.error.message).toBe(`${resourceNames[id]} not found`)
    expect(absent.text).toBe(foreign.text)
    expect([...absent.headers.keys()]).toEqual([...foreign.headers.keys()])
  })

  it.each(nested)('receives a 404 for foreign ids below their own user id: $route', async ({ route, method, path }) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const ids = await createOneOfEach(ada)
    const response = await eve.send(method, fillPath(path, { ...ids, user_id: eve.id }), validBodyOf(route, eve, ids))
    expect(response.status).toBe(404)
    expect(await countResources(ada, ids)).toBe(6)
  })
})
