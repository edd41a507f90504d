import { describe, expect, it } from 'vitest'
import { rawRequest } from '../support/raw.ts'
import { request } from '../support/http.ts'
import { aTime, errorBody } from '../support/expect.ts'
import { anEmail, aPassword, chatOf, messagesIn, projectOf, shareOf, signedInUser } from '../support/world.ts'

const aUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

describe('every answer', () => {
  it.each([
    ['200', 'GET', '/api/auth/check', 200],
    ['200 without a session', 'GET', '/models', 200],
    ['200 of the health', 'GET', '/health', 200],
    ['200 to HEAD', 'HEAD', '/api/auth/check', 200],
    ['204', 'OPTIONS', '/api/auth/check', 204],
    ['400', 'GET', '/api/users/x/projects', 400],
    ['403', 'GET', '/api/files/1', 403],
    ['404 of no path', 'GET', '/api/x', 404],
    ['404 of no file', 'GET', '/_nuxt/x', 404],
    ['404 of no share', 'GET', '/api/shared/chats/x', 404],
    ['404 of somebody else', 'GET', '/api/users/9007199254740991/projects', 404],
    ['405', 'PUT', '/api/auth/check', 405],
    ['415', 'POST', '/api/users/{id}/projects', 415],
  ])('has a request id, and is neither guessed about nor kept: %s', async (_, method, path, expected) => {
    const ada = await signedInUser()
    const { status, headers } = await rawRequest(method, path.replace('{id}', `${ada.id}`), {
      headers: { cookie: `neptun-session=${ada.session}`, origin: 'https://elsewhere.example' },
      chunks: method === 'POST' ? ['x'] : [],
    })
    expect(status).toBe(expected)
    expect(headers.get('x-request-id')).toMatch(aUuid)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('www-authenticate')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('has a request id of its own', async () => {
    const answers = [await request('GET', '/models'), await request('GET', '/models', undefined, { headers: { 'x-request-id': 'mine' } })]
    const ids = answers.map(({ headers }) => headers.get('x-request-id'))
    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain('mine')
  })
})

describe('every error', () => {
  it.each([
    ['401', () => request('GET', '/api/auth/check'), 401, 'You do not have access to view the information.'],
    ['401 of a login', () => request('POST', '/api/auth/login', { email: anEmail(), password: 'wrong' }), 401, 'Invalid credentials'],
    ['403', () => request('GET', '/api/files/1'), 403, 'This link is not valid, or not any more.'],
    ['404', () => request('GET', '/x'), 404, 'There is nothing at this path.'],
    ['405', () => request('DELETE', '/models'), 405, 'This path does not take this method.'],
    ['415', () => request('POST', '/api/auth/login', undefined, { raw: 'x' }), 415, 'The content type has to be application/json in UTF-8.'],
  ])('has its status, the words for it, a message, and data with the same message: %s', async (_, send, status, message) => {
    const answer = await send()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.body).toStrictEqual(errorBody(status, message))
    expect(answer.statusText).toBe(answer.body.statusMessage)
  })

  it('of invalid input has the issues beside the message', async () => {
    for (const answer of [
      await request('POST', '/api/auth/login', {}),
      await request('POST', '/api/auth/sign-up', { email: 'x', password: aPassword }),
    ]) {
      expect(Object.keys(answer.body)).toStrictEqual(['statusCode', 'statusMessage', 'message', 'data'])
      expect(Object.keys(answer.body.data)).toStrictEqual(['message', 'issues'])
      for (const issue of answer.body.data.issues) expect(Object.keys(issue)).toStrictEqual(['code', 'path', 'message'])
    }
  })

  it('comes in the order of the contract', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const send = (method: string, path: string, person = ada, raw?: string) => person.send(method, path, undefined, { raw, headers: { 'content-type': 'text/plain' } })
    const unknown = '/projects/9007199254740991/chats'
    expect((await request('PUT', '/api/users/x/projects')).status).toBe(405)
    expect((await request('GET', `/api/users/x${unknown}?limit=x`)).status).toBe(401)
    expect((await send('GET', '/api/users/x/projects/y/chats?limit=x')).body.message).toBe('Invalid parameters')
    expect((await send('GET', `/api/users/${eve.id}${unknown}?limit=x`)).body.message).toBe('User not found')
    expect((await send('GET', `/api/users/${ada.id}${unknown}?limit=x`)).body.message).toBe('Invalid query(limit)')
    expect((await send('POST', `/api/users/${eve.id}${unknown}`, ada, '{')).body.message).toBe('User not found')
    expect((await send('POST', `/api/users/${ada.id}${unknown}`, ada, '{')).status).toBe(415)
    expect((await ada.post(`/api/users/${ada.id}${unknown}`, {})).body.message).toBe('Invalid body(model, name)')
    expect((await ada.post(`/api/users/${ada.id}${unknown}`, { model: 'a/b', name: 'c' })).body.message).toBe('Project not found')
  })
})

describe('a link in an answer', () => {
  const forwarded = { 'x-forwarded-host': 'evil.example', 'forwarded': 'host=evil.example', 'x-original-host': 'evil.example' }

  it('has the host that the request came to, never one that a header of somebody in between says', async () => {
    const ada = await signedInUser({ headers: forwarded })
    const chat = await chatOf(ada)
    const options = { headers: { ...forwarded, cookie: `neptun-session=${ada.session}` } }
    const message = { message: 'Look', actor: 'user', files: [{ title: 'a.txt', text: '' }] }
    const chatPath = `/api/users/${ada.id}/chats/${chat.id}`
    for (const { text, status } of [
      await ada.post(`${chatPath}/messages`, message, options),
      await ada.post(`${chatPath}/shares`, {}, options),
      await ada.get(`${chatPath}/shares`, options),
      await ada.get(`${chatPath}/files`, options),
      await ada.get(`${chatPath}/messages`, options),
    ]) {
      expect([200, 201]).toContain(status)
      expect(text).toContain('"url":"http://127.0.0.1:')
      expect(text).not.toContain('evil')
    }
  })

  it.each(['a b', 'a"b', '[', 'a/b', 'a?b', 'a@b', '<x>', 'a:99999', '999.1.1.1'])('cannot be made with the host %j: a 400, and nothing is written', async (host) => {
    const ada = await signedInUser()
    const chat = await chatOf(ada)
    await messagesIn(ada, chat, { message: 'Look', files: [{ title: 'a.txt', text: '' }] })
    const headers = { host, 'cookie': `neptun-session=${ada.session}`, 'content-type': 'application/json' }
    const chatPath = `/api/users/${ada.id}/chats/${chat.id}`
    for (const [method, things] of [['GET', 'files'], ['GET', 'messages'], ['POST', 'shares']] as const) {
      const { status, body } = await rawRequest(method, `${chatPath}/${things}`, { headers, chunks: method === 'POST' ? ['{}'] : [] })
      expect([things, status, body]).toStrictEqual([things, 400, errorBody(400, 'The Host of the request is not a host.')])
    }
    expect((await ada.get(`${chatPath}/shares`)).body).toBeNull()
  })

  it.each(['api.example.com', 'API.example.com:8443', '127.0.0.1', '[::1]:3000', 'my_service'])('begins with the host %s, if that is what the request says', async (host) => {
    const ada = await signedInUser()
    const chat = await chatOf(ada)
    await shareOf(ada, chat)
    const { body } = await rawRequest('GET', `/api/users/${ada.id}/chats/${chat.id}/shares`, { headers: { host, cookie: `neptun-session=${ada.session}` } })
    expect(body.share.url).toBe(`http://${host}/api/shared/chats/${body.uuid}`)
  })
})

describe('the server', () => {
  it.each(['/health', '/health/ready'])('says of itself at %s that it is healthy', async (path) => {
    const { status, body } = await request('GET', path)
    expect(status).toBe(200)
    expect(body).toStrictEqual({ status: 'healthy', timestamp: aTime, uptime: expect.any(Number) })
  })

  it('takes any well-formed model where it has no list of them', async () => {
    const { status, body } = await request('GET', '/models')
    expect([status, body]).toStrictEqual([200, { models: [], any: true }])
    const ada = await signedInUser()
    expect((await chatOf(ada, { model: 'nobody/has-heard-of-it:7b_v1.0' }, await projectOf(ada))).model).toBe('nobody/has-heard-of-it:7b_v1.0')
  })
})
