import { describe, expect, it } from 'vitest'
import { exchange } from '../../support/exchange.ts'
import { errorBody, expectError, expectInvalid } from '../../support/expect.ts'
import { createChat, createProject, createShare, signedInUser, type TestUser } from '../../support/factories.ts'

const host = 'Host: 127.0.0.1'
const cookieOf = (person: TestUser) => `Cookie: neptun-session=${person.session}`

describe('an encoded question mark in a path', () => {
  it.each([
    '/health%3F', '/health%3f', '/health%3Fa=b', '/health%3F?a=b', '/health%253F', '/models%3Fx', '/%3F',
    '/api/auth/check%3F', '/docs%3F', '/docs/assets/strict.js%3F', '/api/x%3F/y',
  ])('does not begin a query: %s returns 404', async (path) => {
    expectError(await exchange('GET', path, [host]), 404, 'No endpoint matches this path.')
  })

  it.each(['%3F', '%3f', '%3Flimit=1', '%253F'])('is part of an id, which is malformed: %s', async (encoded) => {
    const ada = await signedInUser()
    const get = (path: string) => exchange('GET', path, [host, cookieOf(ada)])
    expectInvalid(await get(`/api/users/${ada.id}${encoded}/projects`), 'Invalid parameters', 'user_id')
    expectInvalid(await get(`/api/users/${ada.id}/projects/1${encoded}`), 'Invalid parameters', 'project_id')
    expectError(await get(`/api/users/${ada.id}/projects${encoded}`), 404, 'No endpoint matches this path.')
  })

  it('is part of the uuid of a share, which does not exist', async () => {
    const ada = await signedInUser()
    const { uuid } = await createShare(ada, await createChat(ada))
    expect((await exchange('GET', `/api/shared/chats/${uuid}`, [host])).status).toBe(200)
    expect((await exchange('GET', `/api/shared/chats/${uuid}%3F`, [host])).status).toBe(404)
  })

  it('stays a question mark in a query', async () => {
    const ada = await signedInUser()
    const project = await createProject(ada, { project_type: 'what?' })
    const { body } = await exchange('GET', `/api/users/${ada.id}/projects?project_type=what%3F`, [host, cookieOf(ada)])
    expect(body).toStrictEqual({ projects: [project] })
  })
})

describe('a request target in absolute form', () => {
  it.each([
    ['http://127.0.0.1/models', '/models'],
    ['http://api.example.com:8080/models', '/models'],
    ['HTTP://API.example.com/models', '/models'],
    ['https://api.example.com/models', '/models'],
    ['http://127.0.0.1/models?a=b', '/models'],
  ])('is the same as its path: %s', async (target, path) => {
    const [absolute, origin] = [await exchange('GET', target, [host]), await exchange('GET', path, [host])]
    expect([absolute.status, absolute.body]).toStrictEqual([200, origin.body])
  })

  it.each(['http://127.0.0.1', 'http://127.0.0.1?a=b'])('may have no path: %s', async (target) => {
    const { status, headers } = await exchange('GET', target, [host])
    expect([status, headers.get('location')]).toStrictEqual([302, '/docs'])
  })

  it('keeps its query', async () => {
    const ada = await signedInUser()
    const first = await createProject(ada, { project_type: 'backend' })
    await createProject(ada, { project_type: 'frontend' })
    const path = `/api/users/${ada.id}/projects`
    const target = `http://127.0.0.1${path}?project_type=backend`
    const { body } = await exchange('GET', target, [host, cookieOf(ada)])
    expect(body).toStrictEqual({ projects: [first] })
  })

  it('names the host of links, whatever the Host header says', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const { uuid } = await createShare(ada, chat)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares`
    const lines = ['Host: other.example', cookieOf(ada)]
    const { body } = await exchange('GET', `http://api.example.com:8080${path}`, lines)
    expect(body).toMatchObject({ share: { url: `http://api.example.com:8080/api/shared/chats/${uuid}` } })
  })

  it.each(['http:///health', 'http://a@b/health', 'http://a:99999/health'])(
    'is rejected if its host is malformed: %s', async (target) => {
      expectError(await exchange('GET', target, [host]), 400, 'The Host header is malformed.')
    },
  )

  it('does not make a path of another one', async () => {
    expect((await exchange('GET', '/http://127.0.0.1/health', [host])).body)
      .toStrictEqual(errorBody(404, 'No endpoint matches this path.'))
  })
})

describe('a second Host header', () => {
  it.each([
    ['Host: evil.example'], ['host: 127.0.0.1'], ['HOST: '],
  ])('returns 400: %s', async (second) => {
    for (const lines of [[host, second], [second, host]]) {
      for (const path of ['/health', '/docs/assets/strict.js'])
        expectError(await exchange('GET', path, lines), 400, 'The Host header is malformed.')
    }
  })

  it('is not confused with a value or a header of another name', async () => {
    expect((await exchange('GET', '/health', [host, 'X-Host: a', 'From: host', 'Hosts: b'])).status).toBe(200)
  })
})
