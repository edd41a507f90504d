import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { basicAuth, signedInUser } from '../support/factories.ts'
import { request, type ApiResponse } from '../support/http.ts'
import { createOneOfEach, fillPath, validBodyOf } from '../support/valid-requests.ts'

const callers = [
  'anonymous',
  'ended session',
  'password',
  'other user',
  'whitelisted',
  'whitelisted with password',
  'owner',
] as const
type Caller = typeof callers[number]
/** The status that each caller receives. */
type Row = Record<Caller, number>

const same = (status: number): Row =>
  Object.fromEntries(callers.map(caller => [caller, status])) as Row

/** 401 without a session, 404 for all users except the owner. Being whitelisted for a share gives no access. */
const ownerOnly = (status: number): Row =>
  ({ ...same(404), 'anonymous': 401, 'ended session': 401, 'password': 401, 'owner': status })

/** The share has both a whitelist and a password, and requires both. */
const shared: Row = { ...same(401), 'other user': 403, 'whitelisted with password': 200, 'owner': 200 }

const expected: Record<string, Row> = {
  'POST /api/auth/sign-up': same(201),
  'POST /api/auth/login': same(200),
  'POST /api/auth/logout': same(200),
  'GET /api/auth/check': { ...same(200), 'anonymous': 401, 'ended session': 401, 'password': 401 },
  'HEAD /api/auth/check': { ...same(204), 'anonymous': 401, 'ended session': 401, 'password': 401 },
  // Downloads require a signed link, regardless of the caller. These requests are not signed.
  'GET /api/files/{file_id}': same(403),
  'GET /api/shared/chats/{uuid}': shared,
  // The password is in the body of every request.
  'POST /api/shared/chats/{uuid}/unlock': { ...shared, whitelisted: 200 },
  'GET /models': same(200),
  'GET /health': same(200),
  'GET /health/ready': same(200),
  // The chat already has a share.
  'POST /api/users/{user_id}/chats/{chat_id}/shares': ownerOnly(409),
}

describe('access matrix', () => {
  it.each(Object.values(contracts))('has the expected status for every caller of $route', async ({ route, status }) => {
    const [owner, other, whitelisted, ended] = await Promise.all([
      signedInUser(), signedInUser(), signedInUser(), signedInUser(),
    ])
    await ended.post('/api/auth/logout')
    const ids = await createOneOfEach(owner, { password: 'open sesame', emails: [whitelisted.email] })
    const [method, template] = route.split(' ') as [string, string]
    const path = fillPath(template, ids)
    const body = () => validBodyOf(route, owner, ids)
    const headers = basicAuth('open sesame')
    const send: Record<Caller, () => Promise<ApiResponse>> = {
      'anonymous': () => request(method, path, body()),
      'ended session': () => ended.send(method, path, body()),
      'password': () => request(method, path, body(), { headers }),
      'other user': () => other.send(method, path, body()),
      'whitelisted': () => whitelisted.send(method, path, body()),
      'whitelisted with password': () => whitelisted.send(method, path, body(), { headers }),
      // Last, because a request from the owner may delete the resource.
      'owner': () => owner.send(method, path, body()),
    }
    const statuses: Record<string, number> = {}
    for (const caller of callers) statuses[caller] = (await send[caller]()).status
    expect(statuses).toStrictEqual(expected[route] ?? ownerOnly(status))
  })
})
