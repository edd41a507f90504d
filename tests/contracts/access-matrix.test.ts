import { expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { bodyOf, fill, worldOf } from '../support/everything.ts'
import { request, type RequestOptions } from '../support/http.ts'
import { basic, signedInUser } from '../support/world.ts'

const actors = ['anonymous', 'ended session', 'password', 'other', 'whitelisted', 'whitelisted with password', 'owner'] as const
type Row = Record<typeof actors[number], number>

const same = (status: number): Row =>
  Object.fromEntries(actors.map(actor => [actor, status])) as Row

/** Whoever is nobody is refused, and whoever is somebody else finds nothing; a share of theirs makes no difference. */
const ownersAlone = (status: number): Row =>
  ({ ...same(404), 'anonymous': 401, 'ended session': 401, 'password': 401, 'owner': status })

/** Behind a whitelist and a password, both must be met. */
const shared: Row = { ...same(401), 'other': 403, 'whitelisted with password': 200, 'owner': 200 }

const expected: Record<string, Row> = {
  'POST /api/auth/sign-up': same(201),
  'POST /api/auth/login': same(200),
  'POST /api/auth/logout': same(200),
  'GET /api/auth/check': { ...same(200), 'anonymous': 401, 'ended session': 401, 'password': 401 },
  // A link is a link, whoever follows it: these have none.
  'GET /api/files/{file_id}': same(403),
  'GET /api/shared/chats/{uuid}': shared,
  // It takes the password in its body, and gives it to everybody who is asked.
  'POST /api/shared/chats/{uuid}/unlock': { ...shared, whitelisted: 200 },
  'GET /models': same(200),
  'GET /health': same(200),
  'GET /health/ready': same(200),
  // There is a share already.
  'POST /api/users/{user_id}/chats/{chat_id}/shares': ownersAlone(409),
}

it.each(Object.values(contracts))('$route lets in whom it should, and nobody else', async ({ route, status }) => {
  const [owner, other, whitelisted, ended] = await Promise.all([signedInUser(), signedInUser(), signedInUser(), signedInUser()])
  await ended.post('/api/auth/logout')
  const ids = await worldOf(owner, { password: 'open sesame', emails: [whitelisted.email] })
  const [method, template] = route.split(' ') as [string, string]
  const path = fill(template, ids)
  const body = () => bodyOf(route, owner, ids)
  const send: Record<typeof actors[number], (options?: RequestOptions) => ReturnType<typeof request>> = {
    'anonymous': () => request(method, path, body()),
    'ended session': () => ended.send(method, path, body()),
    'password': () => request(method, path, body(), { headers: basic('open sesame') }),
    'other': () => other.send(method, path, body()),
    'whitelisted': () => whitelisted.send(method, path, body()),
    'whitelisted with password': () => whitelisted.send(method, path, body(), { headers: basic('open sesame') }),
    // Last, because it may be the end of what the others must not find.
    'owner': () => owner.send(method, path, body()),
  }
  const answers: Record<string, number> = {}
  for (const actor of actors) answers[actor] = (await send[actor]()).status
  expect(answers).toStrictEqual(expected[route] ?? ownersAlone(status))
})
