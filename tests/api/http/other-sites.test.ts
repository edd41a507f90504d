import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectError } from '../../support/expect.ts'
import { signedInUser, uniqueEmail, validPassword, type TestUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

const message = 'Changes from other sites are not allowed.'
const project = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript' }
const crossSite = { 'origin': 'https://evil.example', 'sec-fetch-site': 'cross-site' }

let server: RunningServer
let ada: TestUser

beforeAll(async () => {
  server = await startServer({
    ...testEnvironment,
    DATABASE_URL: testServer().databaseUrl,
    NUXT_DATABASE_POOL_SIZE: '1',
    NUXT_ALLOWED_ORIGINS: 'https://app.example.com',
    NUXT_PUBLIC_BASE_URL: 'https://www.example.com/neptun',
  })
  ada = await signedInUser({ baseUrl: server.url })
})
afterAll(() => server?.stop())

/** Posts a body as the browser of a signed-in user does. */
const post = (path: string, headers: Record<string, string>, body: string, type = 'application/json') =>
  rawRequest('POST', path, {
    headers: { 'cookie': `neptun-session=${ada.session}`, 'content-type': type, ...headers },
    chunks: [body],
    baseUrl: server.url,
  })
const projects = () => `/api/users/${ada.id}/projects`
const countProjects = async () => (await ada.get<'listProjects'>(projects())).body.projects.length

describe('a change from another site', () => {
  it.each([
    ['another site', crossSite],
    ['another site, from an old browser', { origin: 'https://evil.example' }],
    ['another site that sends no Origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { 'origin': 'https://blog.example.com', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { 'origin': 'null', 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame in an old browser', { origin: 'null' }],
    ['another port of the host', { host: 'api.example.com', origin: 'https://api.example.com:8443' }],
    ['a host that begins like ours', { host: 'api.example.com', origin: 'https://api.example.com.evil.example' }],
    ['an allowed origin without HTTPS', { 'origin': 'http://app.example.com', 'sec-fetch-site': 'cross-site' }],
    ['an extension', { origin: 'moz-extension://9c4b2f6e-0000-4000-8000-000000000000' }],
    ['two origins', { origin: 'https://app.example.com, https://evil.example' }],
    ['an unknown relation', { 'sec-fetch-site': 'near-site' }],
  ])('is rejected, and nothing is written: %s', async (_, headers) => {
    const before = await countProjects()
    expectError(await post(projects(), headers, JSON.stringify(project)), 403, message)
    expect(await countProjects()).toBe(before)
  })

  it.each([
    ['application/x-www-form-urlencoded', new URLSearchParams(project).toString()],
    ['text/plain', JSON.stringify(project)],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\na\r\n--x--'],
  ])('is rejected as a form post, which needs no preflight: %s', async (type, body) => {
    for (const path of [projects(), `/api/users/${ada.id}/chats/1/files/1`] as const)
      expectError(await post(path, crossSite, body, type), 403, message)
  })

  it('can neither log in, nor sign up, nor log out', async () => {
    const email = uniqueEmail()
    const login = JSON.stringify({ email: ada.email, password: ada.password })
    const signUp = JSON.stringify({ email, password: validPassword })
    for (const [path, body] of [['login', login], ['sign-up', signUp], ['logout', '']] as const) {
      const response = await post(`/api/auth/${path}`, crossSite, body)
      expectError(response, 403, message)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    expect((await ada.get('/api/auth/check')).status).toBe(200)
    expect((await post('/api/auth/sign-up', { cookie: '' }, signUp)).status).toBe(201)
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('is rejected on every path: %s', async (method) => {
    for (const path of ['/models', '/docs', '/x'])
      expectError(await rawRequest(method, path, { headers: crossSite, baseUrl: server.url }), 403, message)
  })

  it('is rejected without the database', async () => {
    const DATABASE_URL = 'postgres://neptun@127.0.0.1:1/neptun'
    const other = await startServer({ ...testEnvironment, DATABASE_URL, NUXT_DATABASE_TIMEOUT: '1' })
    const logOut = (headers: Record<string, string>) => rawRequest('POST', '/api/auth/logout', {
      headers: { cookie: `neptun-session=${ada.session}`, ...headers }, baseUrl: other.url,
    })
    const [foreign, own] = [await logOut(crossSite), await logOut({})]
    await other.stop()
    expectError(foreign, 403, message)
    expect(own.status).toBe(503)
  })
})

describe('a change', () => {
  it.each([
    ['a program other than a browser', {}],
    ['a page of this origin', { 'origin': 'https://api.example.com', 'sec-fetch-site': 'same-origin' }],
    ['a page behind a proxy that replaces the host', { 'origin': 'https://ui.example', 'sec-fetch-site': 'same-origin' }],
    ['a form of this origin that hides its origin', { 'origin': 'null', 'sec-fetch-site': 'same-origin' }],
    ['the user', { 'sec-fetch-site': 'none' }],
    ['an old browser behind a TLS proxy', { host: 'api.example.com', origin: 'https://api.example.com' }],
    ['an old browser with the default port', { host: 'API.example.com:443', origin: 'https://api.example.com' }],
    ['an old browser with another port', { host: 'localhost:3000', origin: 'http://localhost:3000' }],
    ['the public base URL', { origin: 'https://www.example.com' }],
    ['an allowed origin', { 'origin': 'https://app.example.com', 'sec-fetch-site': 'cross-site' }],
    ['an allowed sibling domain', { 'origin': 'https://app.example.com', 'sec-fetch-site': 'same-site' }],
    ['an allowed origin, from an old browser', { origin: 'https://app.example.com' }],
  ])('is accepted from %s', async (_, headers) => {
    const { status } = await post(projects(), headers, JSON.stringify(project))
    expect(status).toBe(201)
  })

  it('is rejected from other sites only: reading is up to the browser', async () => {
    const headers = { ...crossSite, cookie: `neptun-session=${ada.session}` }
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect((await rawRequest(method, projects(), { headers, baseUrl: server.url })).status).toBeLessThan(300)
  })
})
