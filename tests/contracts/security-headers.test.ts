import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { defaultMaxBodyBytes } from '#server/contracts/kit/limits'
import { missingId, signedInUser, type TestUser } from '../support/factories.ts'
import { exchange } from '../support/exchange.ts'
import type { ApiResponse } from '../support/http.ts'
import { rawRequest, type RawRequest } from '../support/raw.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { createOneOfEach, fillPath, validBodyOf, type ResourceIds } from '../support/valid-requests.ts'

const ofJson = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
  'cross-origin-resource-policy': 'same-origin',
}
const ofDownloads = {
  ...ofJson,
  'content-security-policy': `sandbox; default-src 'none'; frame-ancestors 'none'`,
  'cross-origin-resource-policy': 'cross-origin',
}
const hsts = 'max-age=31536000'

/** The security headers of a response. */
const securityHeaders = ({ headers }: ApiResponse) =>
  Object.fromEntries([...headers].filter(([name]) => name in ofJson))

let ada: TestUser
let ids: ResourceIds
/** The path and query of a signed link. */
let link: string
beforeAll(async () => {
  ada = await signedInUser()
  ids = await createOneOfEach(ada)
  const { body } = await ada.get(`/api/users/${ada.id}/files`)
  const { pathname, search } = new URL(body.files[0]!.url)
  link = pathname + search
})

const json = { 'content-type': 'application/json' }
const send = (method: string, path: string, headers: Record<string, string> = {}, ...chunks: string[]) =>
  rawRequest(method, path, { headers: { cookie: `neptun-session=${ada.session}`, ...headers }, chunks })

describe.each(Object.values(contracts))('$route', (contract) => {
  const { route, session, body } = contract
  const [method, template] = route.split(' ') as [string, string]
  const filled = () => fillPath(template, ids)
  const hasIds = /{\w+_id}/.test(template)
  const oversized = ' '.repeat(defaultMaxBodyBytes + 1)

  /** How to provoke each status, and whether the endpoint has it. */
  const cases: [status: number, applies: boolean, () => Promise<ApiResponse>][] = [
    [400, true, () => send(method, filled(), { host: 'a b' })],
    [400, hasIds && session === 'required', () => send(method, template.replaceAll(/{\w+}/g, 'x'))],
    [401, session === 'required', () => send(method, filled(), { cookie: '' })],
    [403, method !== 'GET' && method !== 'HEAD', () => send(method, filled(), { origin: 'https://evil.example' })],
    [404, hasIds && session === 'required', () => send(method, fillPath(template, { ...ids, user_id: missingId }))],
    [405, true, () => send('PUT', filled())],
    [413, !!body, () => send(method, filled(), json, oversized)],
    [415, !!body, () => send(method, filled(), { 'content-type': 'text/plain' }, 'x')],
    [400, !!body, () => send(method, filled(), json, '{')],
    [204, true, () => send('OPTIONS', filled())],
  ]
  it.each(cases.filter(([, applies]) => applies))('has the security headers with %i', async (status, _, send) => {
    const response = await send()
    expect([response.status, securityHeaders(response)]).toStrictEqual([status, ofJson])
  })

  it('has the security headers with a success', async () => {
    const person = await signedInUser()
    const own = await createOneOfEach(person)
    // Its chat has no share.
    if (route.endsWith('/shares')) await person.send('DELETE', fillPath(
      '/api/users/{user_id}/chats/{chat_id}/shares/{share_id}', own))
    const path = template.startsWith('/api/files') ? link : fillPath(template, own)
    const valid = validBodyOf(route, person, own)
    const response = await rawRequest(method, path, {
      headers: { cookie: `neptun-session=${person.session}`, ...valid && json },
      chunks: valid ? [JSON.stringify(valid)] : [],
    })
    expect([response.status, securityHeaders(response)])
      .toStrictEqual([contract.status, template.startsWith('/api/files') ? ofDownloads : ofJson])
  })
})

describe('what Node.js itself refuses', () => {
  const target = '/health'
  it.each<[string, number, string[]]>([
    ['a header without a name', 400, ['Host: 127.0.0.1', ': x']],
    ['no Host header', 400, []],
    ['an unknown expectation', 417, ['Host: 127.0.0.1', 'Expect: tea']],
    ['too large headers', 431, ['Host: 127.0.0.1', `X: ${'x'.repeat(17_000)}`]],
  ])('has the security headers: %s (%i)', async (_, status, lines) => {
    const response = await exchange('GET', target, lines)
    expect([response.status, securityHeaders(response)]).toStrictEqual([status, ofJson])
  })
})

describe('a download', () => {
  it.each([
    ['a part', 'GET', { range: 'bytes=0-0' }, 206, ofDownloads],
    ['nothing new', 'GET', { 'if-none-match': '*' }, 304, ofDownloads],
    ['HEAD', 'HEAD', {}, 200, ofDownloads],
    ['a range outside the file', 'GET', { range: 'bytes=99-' }, 416, ofJson],
  ])('has the security headers: %s', async (_, method, headers, status, expected) => {
    const response = await send(method, link, headers)
    expect([response.status, securityHeaders(response)]).toStrictEqual([status, expected])
  })
})

/** Requests for files and pages, and the status of their responses. */
const pages: [method: string, path: string, status: number, headers: Record<string, string>][] = [
  ['GET', '/', 302, {}],
  ['GET', '/openapi.json', 200, {}],
  ['HEAD', '/health', 200, {}],
  ['GET', '/docs/assets/strict.js', 200, {}],
  ['HEAD', '/docs/assets/strict.js', 200, {}],
  ['GET', '/docs/assets/standalone.js', 200, { 'accept-encoding': 'br' }],
  ['POST', '/docs/assets/strict.js', 404, {}],
  ['GET', '/docs/assets/nothing.js', 404, {}],
  ['GET', '/x', 404, { accept: 'text/html' }],
  ['GET', '/api/%', 404, {}],
  ['OPTIONS', '/x', 404, {}],
  ['OPTIONS', '*', 404, {}],
  ['POST', '/docs', 405, {}],
]

describe('a page or file', () => {
  it.each(pages)('has the security headers: %s %s (%i)', async (method, path, status, headers) => {
    const response = await send(method, path, headers)
    expect([response.status, securityHeaders(response)]).toStrictEqual([status, ofJson])
  })

  it('has the security headers if the client has it already', async () => {
    const etag = (await send('GET', '/docs/assets/strict.js')).headers.get('etag')!
    const response = await send('GET', '/docs/assets/strict.js', { 'if-none-match': etag })
    expect([response.status, securityHeaders(response)]).toStrictEqual([304, ofJson])
  })

  it('has the security headers and a policy of its own: /docs', async () => {
    const response = await send('GET', '/docs')
    const policy = expect.stringMatching(/script-src 'nonce-.*frame-ancestors 'none'/)
    expect(securityHeaders(response)).toStrictEqual({ ...ofJson, 'content-security-policy': policy })
  })
})

describe('Strict-Transport-Security', () => {
  let secure: RunningServer
  // Needs no database.
  beforeAll(async () => {
    const DATABASE_URL = 'postgres://neptun@127.0.0.1:1/neptun'
    const environment = { ...testEnvironment, DATABASE_URL, NUXT_DATABASE_TIMEOUT: '1' }
    secure = await startServer({ ...environment, NUXT_SESSION_COOKIE_SECURE: 'true' })
  })
  afterAll(() => secure?.stop())

  it.each(pages)('is sent with Secure cookies only: %s %s (%i)', async (method, path, status, headers) => {
    const options: RawRequest = { headers, baseUrl: secure.url }
    const response = await rawRequest(method, path, options)
    expect([response.status, response.headers.get('strict-transport-security')]).toStrictEqual([status, hsts])
    expect((await send(method, path, headers)).headers.get('strict-transport-security')).toBeNull()
  })

  it('is sent with errors of the server', async () => {
    const { status, headers } = await rawRequest('GET', '/health/ready', { baseUrl: secure.url })
    expect([status, headers.get('strict-transport-security')]).toStrictEqual([503, hsts])
  })
})
