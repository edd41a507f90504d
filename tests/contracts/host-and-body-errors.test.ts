import { beforeAll, describe, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { fill } from '../support/everything.ts'
import { expectError } from '../support/expect.ts'
import { rawRequest } from '../support/raw.ts'
import { signedInUser, type Person } from '../support/world.ts'

const endpoints = Object.values(contracts).map(({ route, body }) => ({ route, body, method: route.split(' ')[0]!, path: route.split(' ')[1]! }))
const withBody = endpoints.filter(({ body }) => body)

let ada: Person
beforeAll(async () => {
  ada = await signedInUser()
})

/** A request of Ada's, who has nothing of what the path names. */
const send = (method: string, path: string, headers: Record<string, string>, ...chunks: string[]) =>
  rawRequest(method, fill(path, { user_id: ada.id }), { headers: { cookie: `neptun-session=${ada.session}`, ...headers }, chunks })

describe('every endpoint', () => {
  it.each(endpoints)('refuses a Host that is none: $route', async ({ method, path }) => {
    expectError(await send(method, path, { host: 'a host' }), 400, 'The Host of the request is not a host.')
  })
})

describe('every endpoint that takes a body', () => {
  it.each(withBody)('refuses one that is too large, before it looks at it: $route', async ({ method, path }) => {
    const answer = await send(method, path, { 'content-type': 'application/json' }, ' '.repeat(4.5 * 1024 * 1024), ' ')
    expectError(answer, 413, 'A request may have a body of at most 4718592 bytes.')
  })

  it.each(withBody)('refuses one that is not JSON: $route', async ({ method, path }) => {
    expectError(await send(method, path, { 'content-type': 'text/plain' }, '{}'), 415, 'The content type has to be application/json in UTF-8.')
  })
})
