import { describe, expect, it } from 'vitest'
import { errorBody, notSupported } from '../../support/expect.ts'
import { createChat, signedInUser, uniqueEmail, validPassword } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { rawRequest } from '../../support/raw.ts'

const logIn = (credentials: unknown, raw?: string) => request('POST', '/api/auth/login', credentials, { raw })

describe('every error response', () => {
  it.each([
    ['BadRequest', 'GET', '/models', { host: 'a b' }],
    ['ValidationError', 'POST', '/api/auth/login', {}],
    ['Unauthorized', 'GET', '/api/auth/check', {}],
    ['Forbidden', 'POST', '/api/auth/logout', { origin: 'https://evil.example' }],
    ['InvalidLink', 'GET', '/api/files/1', {}],
    ['NotFound', 'GET', '/x', {}],
    ['MethodNotAllowed', 'PUT', '/models', {}],
    ['UnsupportedMediaType', 'POST', '/api/auth/login', { 'content-type': 'text/plain' }],
    ['PayloadTooLarge', 'POST', '/api/auth/login', { 'content-type': 'text/plain', 'content-length': '5000000' }],
    ['ExpectationFailed', 'GET', '/models', { expect: 'the unexpected' }],
    ['HeadersTooLarge', 'GET', '/models', { 'x-long': 'x'.repeat(17_000) }],
  ])('has a name: %s', async (name, method, path, headers) => {
    const { error } = await rawRequest(method, path, { headers })
    expect(error.data.name).toBe(name)
    expect(Object.keys(error.data)).toStrictEqual(['name', 'message', 'issues'])
  })

  it('has issues whose paths are text, of at most 100 invalid parts', async () => {
    const ada = await signedInUser()
    const { id } = await createChat(ada)
    const messages = Array.from({ length: 60 }, () => ({ role: 'x', content: 1 }))
    const { error } = await ada.post(`/api/users/${ada.id}/chats/${id}/messages`, { messages })
    expect(error.data.issues).toHaveLength(100)
    expect(error.data.issues[3]!.path).toStrictEqual(['messages', '1', 'role'])
    const repeated = await ada.get(`/api/users/${ada.id}/chats?limit=1${'&limit=1'.repeat(1000)}`)
    expect(repeated.error.data.issues).toHaveLength(100)
  })

  it.each([
    ['401', () => request('GET', '/api/auth/check'), 401, 'You do not have access to view the information.'],
    ['401 of a login', () => logIn({ email: uniqueEmail(), password: 'wrong' }), 401, 'Invalid credentials'],
    ['403', () => request('GET', '/api/files/1'), 403, 'This link is invalid or has expired.'],
    ['404', () => request('GET', '/x'), 404, 'No endpoint matches this path.'],
    ['405', () => request('DELETE', '/models'), 405, 'This path does not support this method.'],
    ['415', () => logIn(undefined, 'x'), 415, notSupported],
  ])('has a JSON body with exactly the documented fields: %s', async (_, send, status, message) => {
    const answer = await send()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.body).toStrictEqual(errorBody(status, message))
    expect(answer.statusText).toBe(answer.error.statusMessage)
  })

  it('lists the issues of invalid input next to the message', async () => {
    for (const answer of [
      await request('POST', '/api/auth/login', {}),
      await request('POST', '/api/auth/sign-up', { email: 'x', password: validPassword }),
    ]) {
      expect(Object.keys(answer.body)).toStrictEqual(['statusCode', 'statusMessage', 'message', 'data'])
      expect(Object.keys(answer.error.data)).toStrictEqual(['name', 'message', 'issues'])
      for (const issue of answer.error.data.issues)
        expect(Object.keys(issue)).toStrictEqual(['code', 'path', 'message'])
    }
  })

  it('follows the documented order of checks', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const headers = { 'content-type': 'text/plain' }
    const send = (method: string, path: string, raw?: string) => ada.send(method, path, undefined, { raw, headers })
    const missing = '/projects/9007199254740991/chats'
    const [own, foreign] = [`/api/users/${ada.id}${missing}`, `/api/users/${eve.id}${missing}`]
    expect((await request('PUT', '/api/users/x/projects')).status).toBe(405)
    expect((await request('GET', `/api/users/x${missing}?limit=x`)).status).toBe(401)
    expect((await send('GET', '/api/users/x/projects/y/chats?limit=x')).error.message).toBe('Invalid parameters')
    expect((await send('GET', `${foreign}?limit=x`)).error.message).toBe('User not found')
    expect((await send('GET', `${own}?limit=x`)).error.message).toBe('Invalid query(limit)')
    expect((await send('POST', foreign, '{')).error.message).toBe('User not found')
    expect((await send('POST', own, '{')).status).toBe(415)
    expect((await ada.post(own, {})).error.message).toBe('Invalid body(model, name)')
    expect((await ada.post(own, { model: 'a/b', name: 'c' })).error.message).toBe('Project not found')
  })
})
