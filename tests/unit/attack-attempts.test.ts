import { expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { parseRoute } from '#server/contracts/kit/contract'
import type { Actor } from '../../attack/matrix/actors.ts'
import { attemptsOf, ownRequest } from '../../attack/matrix/attempts.ts'
import type { TestUser } from '../support/factories.ts'
import type { ResourceIds } from '../support/valid-requests.ts'

const names = [
  'user_id', 'session_id', 'project_id', 'chat_id', 'message_id', 'file_id', 'share_id', 'entry_id', 'uuid',
] as const
const idsFrom = (first: number) =>
  Object.fromEntries(names.map((name, i) => [name, first + i])) as unknown as ResourceIds

const neighbour: Actor = {
  name: 'neighbour',
  headers: {},
  user: { email: 'a@b.cc', password: 'x' } as TestUser,
  base: idsFrom(1000),
  foreign: idsFrom(2000),
  link: '',
}

const withIds = Object.values(contracts).filter(({ route }) => parseRoute(route).parameters.length > 0)

it.each(withIds)('the attack replaces every id of $route, and leaves none of its requests valid', (contract) => {
  const attempts = attemptsOf(contract, neighbour).map(({ request }) => request)
  const own = ownRequest(contract, neighbour)
  for (const name of parseRoute(contract.route).parameters as (typeof names)[number][]) {
    const path = own.path.replace(String(neighbour.base[name]), String(neighbour.foreign[name]))
    expect(attempts.map(({ path }) => path)).toContain(path)
  }
  const sent = attempts.map(({ path, body }) => ({ path, body }))
  expect(sent).not.toContainEqual({ path: own.path, body: own.body })
})
