import { describe, expect, it } from 'vitest'
import { errorBody } from '../support/expect.ts'
import { rawRequest } from '../support/raw.ts'
import { signedInUser } from '../support/world.ts'

const nothing = errorBody(404, 'There is nothing at this path.')
const notThisMethod = errorBody(405, 'This path does not take this method.')
const methodsOf = (allow: string | null) => allow?.split(', ').sort()

describe('a path that nobody answers is a 404 in JSON, even for a browser', () => {
  it.each([
    '/x', '/index.html', '/favicon.ico', '/api', '/api/', '/api/x', '//api/x', '/API/x', '/Api/Auth/Check',
    '/api/users', '/api/users/1/x', '/api/users/1/../x', '/api/users/1/chats/2/messages/3/4/5',
    '/_nuxt/x', '/_nuxt/', '/__nuxt_error', '/__nuxt_error?url=/api', '/_payload.json', '/api/_content', '/_nitro/tasks',
    '/api/%2e%2e/x', '/api/..%2f..%2fetc/passwd', '/api/%00', '/api/%ff', '/api/%', '/api/%E0%A4%A/x', '/.env', '/server/index.mjs',
    '/health/x', '/healthy', '/modelsx', '/*', '/**', '/:id', '/[...]', '/api/x?a=b#c', '/api\\x', '/api/x;y=z',
  ])('%s', async (path) => {
    const { status, headers, body } = await rawRequest('GET', path, { headers: { accept: 'text/html,application/xhtml+xml;q=0.9' } })
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toStrictEqual(nothing)
  })

  it.each(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('%s', async (method) => {
    const { status, body } = await rawRequest(method, '/api/x')
    expect(status).toBe(404)
    if (method !== 'HEAD') expect(body).toStrictEqual(nothing)
  })
})

describe('a path that is written in another way leads nowhere that the plain one does not', () => {
  it.each(['//api/auth/check', '/API/auth/check', '/api//auth/check', '/api/auth/%63heck', '/api/./auth/check', '/x/../api/auth/check'])('%s', async (path) => {
    const { status } = await rawRequest('GET', path)
    expect([401, 404]).toContain(status)
  })

  it('an id in percent-encoding is the same id', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const encoded = `/api/users/${String(ada.id).replace(/\d/g, '%3$&')}/projects`
    expect((await ada.get(encoded)).body).toStrictEqual({ projects: [] })
    expect((await eve.get(encoded)).body).toStrictEqual(errorBody(404, 'User not found'))
  })
})

describe('an id in a path', () => {
  it.each(['0', '-1', '01', '1.0', '1e3', '+1', '0x1', 'x', 'null', 'NaN', '%20', '%00', '1%20', '９', '9007199254740992', '9'.repeat(400)])('is not %s', async (id) => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(`/api/users/${id}/projects/7/chats`)
    expect(status).toBe(400)
    const message = 'Invalid parameters'
    const issues = [{ code: 'invalid_type', path: ['user_id'], message: 'Invalid user_id' }]
    expect(body).toStrictEqual({ statusCode: 400, statusMessage: 'Bad Request', message, data: { message, issues } })
  })

  it('is named with all others that are wrong', async () => {
    const ada = await signedInUser()
    const { body } = await ada.get('/api/users/x/projects/-1/chats')
    expect(body.data.issues.map(({ path }: { path: string[] }) => path[0])).toStrictEqual(['user_id', 'project_id'])
  })

  it('may be as large as a number can be told apart, and is then not there', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(`/api/users/${ada.id}/projects/9007199254740991/chats`)
    expect([status, body]).toStrictEqual([404, errorBody(404, 'Project not found')])
  })
})

describe('a method that a real path does not have is a 405 that names those it has', () => {
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
  ])('%s %s', async (method, path, allowed) => {
    const { status, headers, body } = await rawRequest(method, path, { headers: { accept: 'text/html' } })
    expect(status).toBe(405)
    if (method !== 'HEAD') expect(body).toStrictEqual(notThisMethod)
    if (allowed) expect(methodsOf(headers.get('allow'))).toStrictEqual(allowed)
    else expect(methodsOf(headers.get('allow'))).toEqual(expect.arrayContaining(['GET', 'HEAD', 'OPTIONS', 'POST']))
  })

  it('and stays one, whatever was asked for before', async () => {
    const ada = await signedInUser()
    const headers = { 'cookie': `neptun-session=${ada.session}`, 'content-type': 'application/json' }
    const project = JSON.stringify({ name: 'Neptun', project_type: 'backend', programming_language: 'typescript' })
    const send = (path: string) => rawRequest('POST', `/api/users/${ada.id}/${path}`, { headers, chunks: [project] })
    for (const path of ['projects//', 'projects/7', 'projects/7/']) expect((await send(path)).status).toBe(405)
    expect((await ada.get(`/api/users/${ada.id}/projects`)).body.projects).toEqual([])
  })

  it('is told before anybody asks who calls, or what the body is', async () => {
    const { status } = await rawRequest('PUT', '/api/users/1/projects', { headers: { 'content-type': 'text/plain' }, chunks: ['{'] })
    expect(status).toBe(405)
  })
})

describe('OPTIONS', () => {
  it.each([
    ['/health', ['GET', 'HEAD', 'OPTIONS']],
    ['/api/auth/login', ['OPTIONS', 'POST']],
    ['/api/users/1/projects', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['/api/users/x/projects', ['GET', 'HEAD', 'OPTIONS', 'POST']],
  ])('of %s names its methods, without a body', async (path, allowed) => {
    const { status, headers, text } = await rawRequest('OPTIONS', path)
    expect([status, text, methodsOf(headers.get('allow'))]).toStrictEqual([204, '', allowed])
  })
})

describe('HEAD answers as GET, without the body', () => {
  it.each(['/api/auth/check', '/models', '/api/users/{id}/projects', '/api/users/{id}/projects?limit=0', '/api/shared/chats/x', '/api/x', '/api/users/{id}/projects/1/x'])('%s', async (template) => {
    const ada = await signedInUser()
    const path = template.replace('{id}', String(ada.id))
    const sent = { headers: { cookie: `neptun-session=${ada.session}` } }
    const [got, head] = [await rawRequest('GET', path, sent), await rawRequest('HEAD', path, sent)]
    expect([head.status, head.text]).toStrictEqual([got.status, ''])
    const lasting = ({ headers }: typeof got) => [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id')
    expect(lasting(head)).toStrictEqual(lasting(got))
    expect(head.headers.get('content-length')).toBe(String(got.bytes.length))
  })
})
