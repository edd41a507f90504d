import type { z } from 'zod'
import type { List } from './lists.ts'

export type Route = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`

/** The parameters of a path: ids are numbers; the uuid of a share is whatever was sent. */
export type PathParameters<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: Name extends 'uuid' ? string : number } & PathParameters<Rest>
  : unknown

/**
 * Who may call: `required` refuses without a session (401), `optional` looks for one, `ignored` does not even look.
 */
export type SessionRule = 'required' | 'optional' | 'ignored'

/** What an endpoint promises. The same object parses its requests, types its handler and shapes its answers. */
export interface Contract<
  R extends Route = Route,
  S extends SessionRule = SessionRule,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  route: R
  summary: string
  /** What the reference has to say beside the summary. */
  description?: string
  session: S
  /** Query parameters, each of them a string as it was sent. */
  query?: Q
  /** For a list: how it is sorted and walked. */
  list?: List
  body?: B
  /** Whether files may come in a form as well. */
  form?: boolean
  /** The cookie that a success sets or clears. */
  cookie?: string
  /** What the answer is shaped by; absent where the answer is not JSON. */
  response?: A
  status: 200 | 201
  /** The errors of this endpoint, beside those that follow from the rest: 400, 401, `User not found`, 413 and 415. */
  errors: Partial<Record<400 | 401 | 403 | 404 | 409 | 503, string[]>>
  /** The shape of 401, 403 and 404, where they tell something else than other errors do. */
  refusal?: z.ZodType
}

/** Fills in what most contracts share: a session is required, a POST creates something. */
export function defineContract<
  const R extends Route,
  S extends SessionRule = 'required',
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodUndefined,
>(
  route: R,
  terms: Pick<Contract<R, S, Q, B, A>, 'summary'> & Partial<Omit<Contract<R, S, Q, B, A>, 'route'>>,
): Contract<R, S, Q, B, A> {
  return {
    session: 'required' as S,
    status: route.startsWith('POST') ? 201 : 200,
    errors: {},
    ...terms,
    route,
  }
}

/** The parts of a route such as `GET /api/users/{user_id}/chats`. */
export function routeOf(route: string): { method: string, path: string, parameters: string[] } {
  const [method, path] = route.split(' ') as [string, string]
  return { method: method.toLowerCase(), path, parameters: [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name!) }
}
