import { describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { rawRequest } from '../../support/raw.ts'

const browser = { headers: { accept: 'text/html,application/xhtml+xml;q=0.9' } }
const notFound = errorBody(404, 'No endpoint matches this path.')

describe('an unknown path', () => {
  it.each([
    '/x', '/index.html', '/favicon.ico', '/api', '/api/', '/api/x', '//api/x', '/API/x', '/Api/Auth/Check',
    '/api/users', '/api/users/1/x', '/api/users/1/../x', '/api/users/1/chats/2/messages/3/4/5',
    '/_nuxt/x', '/_nuxt/', '/__nuxt_error', '/__nuxt_error?url=/api', '/_payload.json', '/api/_content',
    '/_nitro/tasks', '/api/%2e%2e/x', '/api/..%2f..%2fetc/passwd', '/api/%00', '/api/%ff', '/api/%',
    '/api/%E0%A4%A/x', '/.env', '/server/index.mjs', '/health/x', '/healthy', '/modelsx', '/*', '/**', '/:id',
    '/[...]', '/api/x?a=b#c', '/api\\x', '/api/x;y=z',
  ])('returns 404 in JSON, even to a browser: %s', async (path) => {
    const { status, headers, body } = await rawRequest('GET', path, browser)
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toStrictEqual(notFound)
  })

  it.each([
    'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND',
  ])('returns 404 to %s', async (method) => {
    const { status, body } = await rawRequest(method, '/api/x')
    expect(status).toBe(404)
    if (method !== 'HEAD') expect(body).toStrictEqual(notFound)
  })
})

describe('another spelling of a path', () => {
  it.each([
    '//api/auth/check', '/API/auth/check', '/api//auth/check', '/api/auth/%63heck', '/api/./auth/check',
    '/x/../api/auth/check',
  ])('does not bypass authentication: %s', async (path) => {
    const { status } = await rawRequest('GET', path)
    expect([401, 404]).toContain(status)
  })
})
