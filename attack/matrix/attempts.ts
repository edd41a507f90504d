import { parseRoute, type Contract } from '#server/contracts/kit/contract'
import { missingId } from '../../tests/support/factories.ts'
import { fillPath, validBodyOf, type ResourceIds } from '../../tests/support/valid-requests.ts'
import { json, type AttackRequest } from '../send.ts'
import type { Actor } from './actors.ts'

/** A request, and the same one that names nothing that exists. Their responses must not differ. */
export interface Attempt {
  request: AttackRequest
  missing?: AttackRequest
}

type Position = keyof ResourceIds

const missingUuid = '00000000-0000-4000-8000-000000000000'

/** The id of no row; the largest that a filter accepts. */
const missingReference = 999_999_999_999_999

/** What replaces an id, besides those of others. */
const malformed: ((id: string) => string)[] = [
  () => '0',
  id => `-${id}`,
  () => '9'.repeat(30),
  () => 'text',
  id => `0${id}`,
  id => `%20${id}`,
  id => `${id}.0`,
  id => `${id}%00`,
  id => `${id}%2F..`,
  () => '%EF%BC%91',
  () => '1e3',
]

/** The fields of a body or a query that name rows, besides those of the valid bodies. */
const references: Record<string, (ids: ResourceIds) => { body?: object, query?: string }> = {
  'PATCH /api/users/{user_id}/chats/{chat_id}': ({ project_id }) => ({ body: { project_id } }),
  'GET /api/users/{user_id}/chats': ({ project_id }) => ({ query: `?project_id=${project_id}` }),
}

/** What an actor tries at an endpoint: each id of the path and of the body replaced. */
export function attemptsOf({ route }: Contract, actor: Actor): Attempt[] {
  const { method, path, parameters } = parseRoute(route)
  const positions = parameters as Position[]
  const { base, foreign } = actor
  const isDownload = path === '/api/files/{file_id}'

  function requestOf(ids: object, bodyIds: ResourceIds, reference: { body?: object, query?: string } = {}) {
    const body = reference.body ?? validBodyOf(route, actor.user, bodyIds)
    const { headers, ...rest } = json(body)
    const query = isDownload ? actor.link : reference.query ?? ''
    const target = fillPath(path, ids) + query
    return { method: method.toUpperCase(), path: target, headers: { ...actor.headers, ...headers }, ...rest }
  }

  const replaced = (position: Position, id: number | string) => requestOf({ ...base, [position]: id }, base)
  if (actor.isOtherSite) return method === 'get' ? [] : [{ request: requestOf(base, base) }]
  return [
    // The terms of a share are for everybody who has its link.
    ...positions.map(position => ({
      request: replaced(position, foreign[position]),
      ...position !== 'uuid' && { missing: replaced(position, missingId) },
    })),
    ...positions.map(position => ({ request: replaced(position, position === 'uuid' ? missingUuid : missingId) })),
    ...positions.flatMap(position =>
      malformed.map(replace => ({ request: replaced(position, replace(String(foreign[position]))) }))),
    ...bodyAttempts(),
  ]

  /** Own paths with ids of others in the body or in the query. Those without rows have none of their own. */
  function bodyAttempts(): Attempt[] {
    if (!['neighbour', 'owner'].includes(actor.name)) return []
    const attempts: Attempt[] = []
    const reference = references[route]
    if (reference) {
      const nothing = { ...base, project_id: missingReference }
      attempts.push({
        request: requestOf(base, base, reference(foreign)), missing: requestOf(base, base, reference(nothing)),
      })
    }
    const body = validBodyOf(route, actor.user, base) ?? {}
    if ('chat_ids' in body)
      attempts.push({ request: requestOf(base, foreign), missing: requestOf(base, { ...base, chat_id: missingId }) })
    return attempts
  }
}

/** The request of an owner for a row of their own. */
export function ownRequest({ route }: Contract, actor: Pick<Actor, 'headers' | 'user' | 'base' | 'link'>) {
  const { method, path } = parseRoute(route)
  const { headers, ...rest } = json(validBodyOf(route, actor.user, actor.base))
  const query = path === '/api/files/{file_id}' ? actor.link : ''
  const target = fillPath(path, actor.base) + query
  return { method: method.toUpperCase(), path: target, headers: { ...actor.headers, ...headers }, ...rest }
}
