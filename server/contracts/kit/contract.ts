import type { z } from 'zod'
import type { Quota } from '#db/errors'
import { notFoundMessage, type Resource } from '#db/resources'
import type { OneOrMany } from './bodies.ts'
import type { SpecificErrorName } from './error-names.ts'
import type { TextFile } from './file-name.ts'
import type { Issue } from './issues.ts'
import type { ConfiguredLimits } from './limits.ts'
import { pageBody, type List } from './lists.ts'

export type Route = `${'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE'} /${string}`

/** The parameters of a path: ids are numbers, the uuid of a share is text. */
export type PathParameters<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: Name extends `${string}_id` ? number : string } & PathParameters<Rest>
  : unknown

/** `required` rejects anonymous callers, `optional` looks up a session if there is one, `ignored` never does. */
type SessionRule = 'required' | 'optional' | 'ignored'

/** An error with a name of its own. */
interface SpecificError {
  name: SpecificErrorName
  message: string
}

/** Errors by status: their messages, with their names unless they have that of the status. */
type DeclaredErrors = Partial<Record<400 | 401 | 403 | 404 | 409 | 503, (string | SpecificError)[]>>

/**
 * What an endpoint takes and returns. The same object parses requests, types the handler, shapes responses and becomes
 * the OpenAPI operation.
 */
export interface Contract {
  route: Route
  /** Imperative, at most 45 characters. */
  summary: string
  description?: string
  session: SessionRule
  /**
   * Whether the handler gets the database, for which it waits. If it is a GET that requires a session, it gets a reader
   * whose statements check the session. A handler that works `in-steps` calls `withDatabase` itself, because it needs
   * the session first, or does other work in between.
   */
  database: boolean | 'in-steps'
  query?: z.ZodType & Pick<z.ZodObject, 'shape'>
  /** For an endpoint that returns a list in pages. Determines `query` and `response`. */
  list?: List
  body?: z.ZodType
  /** The maximum length of the body in bytes, if it is less than that of the configuration. */
  maxBodyBytes?: number
  /** For an endpoint that takes files, as JSON or as a multipart form. Determines `body`. */
  upload?: z.ZodType<OneOrMany<TextFile>>
  /** Checks a valid body against the limits that the server is configured with. */
  checkLimits?(body: unknown, limits: ConfiguredLimits): Issue[]
  /** The cookie that a success sets or clears. */
  cookie?: string
  /** The body of a success; undefined for a download, and with the status 204. */
  response?: z.ZodType
  status: 200 | 201 | 204
  /** Whether attempts are counted, and refused if there are too many. */
  isLimited?: boolean
  /** The quotas that a request may exceed. */
  quotas?: readonly Quota[]
  /** The errors beyond those that every endpoint with such a session, query or body has. */
  errors: DeclaredErrors
  /** The body of 401, 403 and 404 responses if it differs from other errors. */
  refusal?: z.ZodType
}

/** Whether an endpoint changes nothing: see RFC 9110, section 9.2.1. */
export const isSafe = ({ route }: Pick<Contract, 'route'>): boolean => /^(GET|HEAD) /.test(route)

/** Whether an endpoint creates rows of the caller. Then it takes an `Idempotency-Key`. */
export const isCreating = ({ route, session, status }: Pick<Contract, 'route' | 'session' | 'status'>): boolean =>
  route.startsWith('POST ') && session === 'required' && status === 201

/** Whether a type is that of a contract whose endpoint creates rows of the caller. */
export type IsCreating<C extends Contract> = C extends { route: `POST ${string}`, session: 'required' }
  ? 201 extends C['status'] ? true : false
  : false

/** What a contract declares. Its 404 errors are those that do not follow from the path. */
type ContractOptions<R extends Route>
  = Pick<Contract, 'summary'>
    & Partial<Pick<Contract,
    'description' | 'database' | 'maxBodyBytes' | 'checkLimits' | 'cookie' | 'status' | 'isLimited' | 'quotas'
    | 'errors' | 'refusal'
    >>
    // Only a session proves the owner of what is below a user.
    & { session?: R extends `${string}{user_id}${string}` ? 'required' : SessionRule }
    & (
      | Exclusive<'list', { list: List }>
      | Exclusive<'upload' | 'response', { upload: z.ZodType<OneOrMany<TextFile>>, response: z.ZodType }>
      | Exclusive<'query' | 'body' | 'response', Pick<Contract, 'query' | 'body' | 'response'>>
    )

/** Some of the mutually exclusive parts of a contract, without the others. */
type Exclusive<Keys extends string, Parts>
  = Parts & Partial<Record<Exclude<'list' | 'upload' | 'query' | 'body' | 'response', Keys>, never>>

type LimitCheck<T> = T extends { body: infer Body extends z.ZodType } | { upload: infer Body extends z.ZodType }
  ? { checkLimits?: (body: z.output<Body>, limits: ConfiguredLimits) => Issue[] }
  : unknown

type ContractOf<R extends Route, T extends ContractOptions<R>>
  = Omit<Contract, keyof T | 'route' | 'session'>
    & T
    & { route: R, session: T extends { session: infer Rule extends SessionRule } ? Rule : 'required' }

/** Defines a contract. By default, it requires a session and uses the database, and a POST returns 201. */
export function defineContract<const R extends Route, const T extends ContractOptions<R>>(
  route: R,
  options: T & LimitCheck<T>,
): ContractOf<R, T>
export function defineContract(route: Route, options: ContractOptions<Route>): Contract {
  return {
    session: 'required',
    database: true,
    status: route.startsWith('POST') ? 201 : 200,
    ...options.list && { query: options.list.query, response: pageBody(options.list) },
    ...options.upload && { body: options.upload },
    ...options,
    route,
    errors: { ...options.errors, 404: [...notFoundErrors(route), ...options.errors?.[404] ?? []] },
  }
}

const resources: Record<string, Resource> = {
  user_id: 'User',
  session_id: 'Session',
  project_id: 'Project',
  chat_id: 'Chat',
  message_id: 'Message',
  file_id: 'File',
  share_id: 'Share',
  entry_id: 'Whitelist entry',
}

/** Each id in a path may refer to a resource that does not exist. */
const notFoundErrors = (route: Route) =>
  parseRoute(route).parameters.map(name => resources[name]).filter(resource => !!resource).map(notFoundMessage)

/** The parts of a route such as `GET /api/users/{user_id}/chats`. */
export function parseRoute(route: string): { method: string, path: string, parameters: string[] } {
  const [method, path] = route.split(' ') as [string, string]
  return { method: method.toLowerCase(), path, parameters: [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name!) }
}
