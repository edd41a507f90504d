import { describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { signedInUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'

const methodsOf = (allow: string | null) => allow?.split(', ').sort()

describe('an unsupported method', () => {
  it.each([
    ['POST', '/health', ['GET', 'HEAD', 'OPTIONS']],
    ['DELETE', '/health/ready', ['GET', 'HEAD', 'OPTIONS']],
    ['PUT', '/models', ['GET', 'HEAD', 'OPTIONS']],
    ['GET', '/api/auth/login', ['OPTIONS', 'POST']],
    ['HEAD', '/api/auth/login', ['OPTIONS', 'POST']],
    ['DELETE', '/api/auth/login', ['OPTIONS', 'POST']],
    ['POST', '/api/auth/check', ['GET', 'HEAD', 'OPTIONS']],
    ['PUT', '/api/users/1/projects', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['PUT', '/api/users/x/projects/y/chats?limit=z', undefined],
    ['PUT', '/api/users/1/chats/2/messages', undefined],
    ['PUT', '/api/shared/chats/x', ['GET', 'HEAD', 'OPTIONS']],
    ['DELETE', '/api/files/1', ['GET', 'HEAD', 'OPTIONS']],
    ['GET', '/api/users/1/chats/2/messages/last', ['DELETE', 'OPTIONS']],
    ['HEAD', '/api/users/1/chats/2/messages/last', ['DELETE', 'OPTIONS']],
    ['PATCH', '/api/users/1/chats/2/messages/last', ['DELETE', 'OPTIONS']],
    ['PROPFIND', '/api/auth/check', ['GET', 'HEAD', 'OPTIONS']],
    ['TRACE', '/api/auth/check', ['GET', 'HEAD', 'OPTIONS']],
  ])('is rejected with 405 and the supported methods: %s %s', async (method, path, allowed) => {
    const { status, headers, body } = await rawRequest(method, path, { headers: { accept: 'text/html' } })
    expect(status).toBe(405)
    if (method !== 'HEAD') expect(body).toStrictEqual(errorBody(405, 'This path does not support this method.'))
    const methods = methodsOf(headers.get('allow'))
    if (allowed) expect(methods).toStrictEqual(allowed)
    else expect(methods).toEqual(expect.arrayContaining(['GET', 'HEAD', 'OPTIONS', 'POST']))
  })

  it('is rejected regardless of earlier requests', async () => {
    const ada = await signedInUser()
    const headers = { 'cookie': `neptun-session=${ada.session}`, 'content-type': 'application/json' }
    const project = JSON.stringify({ name: 'Neptun', project_type: 'backend', programming_language: 'typescript' })
    const send = (path: string) => rawRequest('POST', `/api/users/${ada.id}/${path}`, { headers, chunks: [project] })
    for (const path of ['projects//', 'projects/7', 'projects/7/']) expect((await send(path)).status).toBe(405)
    expect((await ada.get(`/api/users/${ada.id}/projects`)).body.projects).toEqual([])
  })

  it('is rejected before the session and the body are checked', async () => {
    const malformed = { headers: { 'content-type': 'text/plain' }, chunks: ['{'] }
    const { status } = await rawRequest('PUT', '/api/users/1/projects', malformed)
    expect(status).toBe(405)
  })
})

describe('OPTIONS', () => {
  it.each([
    ['/health', ['GET', 'HEAD', 'OPTIONS']],
    ['/api/auth/login', ['OPTIONS', 'POST']],
    ['/api/users/1/projects', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['/api/users/x/projects', ['GET', 'HEAD', 'OPTIONS', 'POST']],
  ])('returns the methods of %s without a body', async (path, allowed) => {
    const { status, headers, text } = await rawRequest('OPTIONS', path)
    expect([status, text, methodsOf(headers.get('allow'))]).toStrictEqual([204, '', allowed])
  })
})

describe('HEAD /api/auth/check', () => {
  const head = (headers: Record<string, string>) => rawRequest('HEAD', '/api/auth/check', { headers })

  it('is 204 for a session, without a body', async () => {
    const ada = await signedInUser()
    const { status, text, headers } = await head({ cookie: `neptun-session=${ada.session}` })
    expect([status, text, headers.get('content-type'), headers.get('content-length')])
      .toStrictEqual([204, '', null, null])
    expect(headers.get('cache-control')).toBe('private, no-store')
    const check = await ada.get('/api/auth/check')
    expect([check.status, Object.keys(check.body)]).toStrictEqual([200, ['user', 'loggedInAt', 'expires_at']])
  })

  it('is 401 without a session, or with one that has ended', async () => {
    const ada = await signedInUser()
    await ada.post('/api/auth/logout')
    for (const cookie of ['', 'neptun-session=x', `neptun-session=${ada.session}`]) {
      const { status, text } = await head({ cookie })
      expect([status, text]).toStrictEqual([401, ''])
    }
  })

  it('changes nothing, so that it may come from another site', async () => {
    const ada = await signedInUser()
    const headers = { 'cookie': `neptun-session=${ada.session}`, 'sec-fetch-site': 'cross-site' }
    expect((await head(headers)).status).toBe(204)
  })
})

describe('HEAD', () => {
  it.each([
    '/api/users/{id}', '/models', '/api/users/{id}/projects', '/api/users/{id}/projects?limit=0',
    '/api/shared/chats/x', '/api/x', '/api/users/{id}/projects/1/x',
  ])('returns the status and headers of GET without the body: %s', async (template) => {
    const ada = await signedInUser()
    const path = template.replace('{id}', String(ada.id))
    const options = { headers: { cookie: `neptun-session=${ada.session}` } }
    const [get, head] = [await rawRequest('GET', path, options), await rawRequest('HEAD', path, options)]
    expect([head.status, head.text]).toStrictEqual([get.status, ''])
    const isStable = (name: string) => !/^(date|x-request-id|x-vercel-id)$/.test(name)
    const stableHeaders = ({ headers }: typeof get) => [...headers].filter(([name]) => isStable(name))
    expect(stableHeaders(head)).toStrictEqual(stableHeaders(get))
    expect(head.headers.get('content-length')).toBe(String(get.bytes.length))
  })
})
