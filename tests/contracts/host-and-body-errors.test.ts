import { beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { defaultMaxBodyBytes } from '#server/contracts/kit/limits'
import { expectError, notSupported } from '../support/expect.ts'
import { signedInUser, type TestUser } from '../support/factories.ts'
import { rawRequest } from '../support/raw.ts'
import { fillPath } from '../support/valid-requests.ts'

const endpoints = Object.values(contracts).map(({ route, body, upload, maxBodyBytes = defaultMaxBodyBytes }) => {
  const [method, path] = route.split(' ') as [string, string]
  return { route, method, path, body, takesFiles: !!upload, maxBodyBytes }
})
const changing = endpoints.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
const withBody = endpoints.filter(({ body }) => body)

let ada: TestUser
beforeAll(async () => {
  ada = await signedInUser()
})

/** Sends an authenticated request in which all ids except the user's are missing. */
const send = (method: string, path: string, headers: Record<string, string>, ...chunks: string[]) =>
  rawRequest(method, fillPath(path, { user_id: ada.id }), {
    headers: { cookie: `neptun-session=${ada.session}`, ...headers },
    chunks,
  })

describe('every endpoint', () => {
  it.each(endpoints)('rejects a malformed Host header: $route', async ({ method, path }) => {
    const response = await send(method, path, { host: 'a host' })
    if (method === 'HEAD') expect([response.status, response.text]).toStrictEqual([400, ''])
    else expectError(response, 400, 'The Host header is malformed.')
  })
})

describe('every endpoint that changes something', () => {
  it.each(changing)('rejects pages of other sites before it looks at the request: $route', async ({ method, path }) => {
    const headers = { 'cookie': 'neptun-session=ended', 'origin': 'https://evil.example', 'content-type': 'text/plain' }
    expectError(await send(method, path, headers, 'x'), 403, 'Changes from other sites are not allowed.')
  })
})

describe('every endpoint with a body', () => {
  it.each(withBody)('rejects an oversized body before parsing it: $route', async ({ method, path, maxBodyBytes }) => {
    const response = await send(method, path, { 'content-type': 'application/json' }, ' '.repeat(maxBodyBytes), ' ')
    expectError(response, 413, `The request body exceeds the limit of ${maxBodyBytes} bytes.`)
  })

  it.each(withBody)('rejects a body of another content type: $route', async ({ method, path, takesFiles }) => {
    const response = await send(method, path, { 'content-type': 'text/plain' }, '{}')
    expectError(response, 415, takesFiles ? notSupported.replace(/.$/, ', or multipart/form-data.') : notSupported)
  })
})
