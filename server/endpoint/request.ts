import { getRouterParams, type H3Event } from 'h3'
import type { z } from 'zod'
import { NotFoundError } from '#db/errors'
import type { TokenKey } from '#db/keys'
import type { Session } from '#db/repositories/sessions'
import { isCreating, type Contract } from '#server/contracts/kit/contract'
import { issue } from '#server/contracts/kit/issues'
import { fieldsOf } from '#server/contracts/kit/shapes'
import { useConfig } from '#server/runtime/config'
import { isMultipart, readFields } from './body.ts'
import { readIfMatch } from './entity-tags.ts'
import { unauthorized } from './http-error.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import { invalidBody, invalidParameters, invalidQuery, issuesOf } from './invalid-request.ts'
import { pageOf, type ListPage } from './paging.ts'
import { findRequestSession, presentedToken } from './session.ts'
import { readForm, toUploads } from './uploads.ts'
import { parseUrlencoded } from './urlencoded.ts'

/** Ids and other parameters of a path by name. */
type Params = Record<string, number | string>

/** A request, parsed and checked as its contract says. */
export interface ParsedRequest {
  /** The token whose session the statements of a read will check. */
  token?: TokenKey
  list: ListPage | undefined
  input: RequestInput
}

/** What the handler of a request receives of it. */
interface RequestInput {
  /** The session, if the contract requires one and its handler does more than read. */
  session?: Session
  /** The path parameters, which form the key of the resource. `user_id` is the user of the session or of the token. */
  params: Params
  /** The query parameters, without those of paging. */
  query: unknown
  idempotencyKey?: string
  /** The versions that `If-Match` allows the resource to have; undefined if any. */
  versions?: number[]
  body?: unknown
}

/**
 * Whether the handler of a contract only reads what belongs to the caller. Then its statements check the session
 * themselves.
 */
const isOwnRead = ({ route, session, database }: Contract): boolean =>
  route.startsWith('GET ') && session === 'required' && database === true

/**
 * Reads a request and throws the first error in the documented order: session, ids of the path, user of the path,
 * query, headers, body.
 * @throws HttpError 400, 401, 413, 415
 * @throws NotFoundError if the user of the path is not the authenticated one
 */
export async function readRequest(event: H3Event, contract: Contract): Promise<ParsedRequest> {
  if (isOwnRead(contract)) return readOwnRead(event, contract)
  const isRequired = contract.session === 'required'
  const session = isRequired ? await event.context.identify() : undefined
  const hasArrived = event.node.req.complete
  if (isRequired && !session) throw unauthorized()
  const { params, query, list } = readTarget(event, contract, session?.user.id)
  const idempotencyKey = isCreating(contract) ? readIdempotencyKey(event) : undefined
  const versions = readIfMatch(event, contract, params)
  const body = await readBody(event, contract)
  // The session may have ended while the body was arriving.
  if (isRequired && body !== undefined && !hasArrived && !await findRequestSession(event)) throw unauthorized()
  return { list, input: { session, params, query, idempotencyKey, versions, body } }
}

/** Reads a request whose session is not looked up, unless another error would come before it. */
async function readOwnRead(event: H3Event, contract: Contract): Promise<ParsedRequest> {
  const token = presentedToken(event)
  if (!token) throw unauthorized()
  try {
    const { params, query, list } = readTarget(event, contract, token.user_id)
    return { token, list, input: { params, query } }
  }
  catch (error) {
    if (!await findRequestSession(event)) throw unauthorized()
    throw error
  }
}

/** Reads the path and the query. */
function readTarget(event: H3Event, contract: Contract, user_id: number | undefined) {
  const params = ownedBy(user_id, readParams(event))
  return { params, ...parseQuery(event, contract) }
}

/** Ids are positive safe integers. Other parameters are text. */
function readParams(event: H3Event): Params {
  const malformed: string[] = []
  const params: Params = {}
  for (const [name, value] of Object.entries(getRouterParams(event))) {
    if (!name.endsWith('_id')) params[name] = value
    else if (/^[1-9]\d*$/.test(value) && Number.isSafeInteger(Number(value))) params[name] = Number(value)
    else malformed.push(name)
  }
  if (malformed.length > 0) throw invalidParameters(malformed)
  return params
}

/**
 * Takes the owner from the session or token, never from the path: if the comparison were lost, a request would still
 * reach only the caller's own rows.
 */
function ownedBy(callerId: number | undefined, params: Params): Params {
  if (params.user_id === undefined) return params
  if (callerId !== params.user_id) throw new NotFoundError('User')
  return { ...params, user_id: callerId }
}

function parseQuery(event: H3Event, { query, list }: Contract): { query: unknown, list: ListPage | undefined } {
  if (!query) return { query: undefined, list: undefined }
  const text = event.path.slice(event.path.indexOf('?') + 1 || event.path.length)
  const { values, issues } = parseUrlencoded(text, fieldsOf(query))
  const parse = <Schema extends z.ZodType>(schema: Schema) => {
    const { data, error } = schema.safeParse(values)
    if (error || issues.length > 0) throw invalidQuery([...issues, ...issuesOf(error)])
    return data
  }
  if (!list) return { query: parse(query), list: undefined }
  const { order_by, limit, cursor, ...filters } = parse(list.query)
  const page = pageOf(list, [event.path.split('?')[0], filters], { order_by, limit, cursor })
  if (!page) throw invalidQuery([issue(['cursor'], 'Must be a cursor of this list in this order')])
  return { query: filters, list: page }
}

async function readBody(event: H3Event, contract: Contract): Promise<unknown> {
  const { body, upload } = contract
  if (upload && isMultipart(event.node.req)) return readForm(event.node, upload)
  if (upload) return toUploads(await readBodyOf(event, contract, upload))
  return body && readBodyOf(event, contract, body)
}

/** Reads a JSON or form body by its schema, and applies the configured limits. */
async function readBodyOf<Body>(event: H3Event, contract: Contract, schema: z.ZodType<Body>): Promise<Body> {
  const config = useConfig()
  const limit = Math.min(config.maxBodyBytes, contract.maxBodyBytes ?? Infinity)
  const { value, issues } = await readFields(event.node, schema, { limit, takesFiles: !!contract.upload })
  // What cannot be decoded has no fields to validate.
  const { data, error } = value === undefined ? {} : schema.safeParse(value)
  if (error || issues.length > 0) throw invalidBody(schema, [...issues, ...issuesOf(error)])
  const exceeded = contract.checkLimits?.(data, config) ?? []
  if (exceeded.length > 0) throw invalidBody(schema, exceeded)
  return data!
}
