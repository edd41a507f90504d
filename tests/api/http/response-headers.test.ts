import { describe, expect, it } from 'vitest'
import { signedInUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'

const aUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

describe('every response', () => {
  it.each([
    ['200', 'GET', '/api/auth/check', 200],
    ['200 of a public endpoint', 'GET', '/models', 200],
    ['200 of the health check', 'GET', '/health', 200],
    ['200 to HEAD', 'HEAD', '/models', 200],
    ['204 to HEAD', 'HEAD', '/api/auth/check', 204],
    ['204', 'OPTIONS', '/api/auth/check', 204],
    ['400', 'GET', '/api/users/x/projects', 400],
    ['403', 'GET', '/api/files/1', 403],
    ['404 for an unknown path', 'GET', '/api/x', 404],
    ['404 for a missing asset', 'GET', '/_nuxt/x', 404],
    ['404 for a missing share', 'GET', '/api/shared/chats/x', 404],
    ['404 for another user', 'GET', '/api/users/9007199254740991/projects', 404],
    ['403 to another site', 'PUT', '/api/auth/check', 403],
    ['405', 'GET', '/api/auth/login', 405],
    ['415', 'POST', '/api/users/{id}/projects', 415],
  ])('has a request id and forbids caching, sniffing, and CORS: %s', async (_, method, path, expected) => {
    const ada = await signedInUser()
    const { status, headers } = await rawRequest(method, path.replace('{id}', `${ada.id}`), {
      headers: {
        cookie: `neptun-session=${ada.session}`,
        origin: 'https://elsewhere.example',
        ...method === 'POST' && { 'sec-fetch-site': 'same-origin' },
      },
      chunks: method === 'POST' ? ['x'] : [],
    })
    expect(status).toBe(expected)
    expect(headers.get('x-request-id')).toMatch(aUuid)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, no-store')
    const names = [...headers.keys()]
    expect(names).not.toContain('x-powered-by')
    expect(names).not.toContain('www-authenticate')
    expect(names.filter(name => name.startsWith('access-control-'))).toEqual([])
    if (!path.startsWith('/api/shared')) expect(names).not.toContain('vary')
  })
})
