import { getRouterParams, type H3Event } from 'h3'
import type { z } from 'zod'
import type { Session } from '#db/repositories/sessions'
import { NotFoundError } from '#db/errors'
import { useConfig } from '#server/config'
import { fieldsOf } from '#server/contracts/bodies'
import type { Contract } from '#server/contracts/contract'
import { unauthorized } from '#server/errors/http-error'
import { invalidBody, invalidParameters, invalidQuery, issuesOf } from '#server/errors/invalid'
import { readJson } from './body.ts'
import { pageOf, type PageOfList } from './pages.ts'
import { readQuery } from './query.ts'

/** What a contract makes of a request. Its parts are typed by the contract where a handler meets them. */
export interface ParsedRequest {
  session: Session | undefined
  params: Record<string, number | string>
  query: unknown
  page: PageOfList | undefined
  body: unknown
}

/**
 * Reads a request as its contract says, and in the contract's order of errors: session, ids of the path, user, query,
 * body. The one place where the user of the path is held against the session.
 * @param readBody how the body is read
 * @throws HttpError 400, 401, 413, 415; NotFoundError for somebody else's user id
 */
export async function readRequest(event: H3Event, contract: Contract, readBody: typeof readJsonBody): Promise<ParsedRequest> {
  const session = contract.session === 'ignored' ? undefined : await event.context.identify()
  if (contract.session === 'required' && !session) throw unauthorized()
  const params = readParams(event)
  if ('user_id' in params && params.user_id !== session?.user.id) throw new NotFoundError('User')
  const { query, page } = readListQuery(event, contract)
  const body = contract.body && await readBody(event, contract.body)
  return { session, params, query, page, body }
}

/** Ids are positive integers that can be told apart; anything else in the path is text. */
function readParams(event: H3Event): Record<string, number | string> {
  const params = Object.entries(getRouterParams(event)).map(([name, value]) =>
    [name, name.endsWith('_id') ? readId(value) : value] as const)
  const wrong = params.filter(([, value]) => value === undefined).map(([name]) => name)
  if (wrong.length > 0) throw invalidParameters(wrong)
  return Object.fromEntries(params) as Record<string, number | string>
}

function readId(value: string): number | undefined {
  return /^[1-9]\d*$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined
}

function readListQuery(event: H3Event, { query: filters, list }: Contract): { query: unknown, page?: PageOfList } {
  const schemas = [filters, list?.paging].filter(schema => schema !== undefined)
  if (schemas.length === 0) return { query: undefined }
  const { values, issues } = readQuery(event, schemas.flatMap(fieldsOf))
  const [query, paging] = [filters?.safeParse(values), list?.paging.safeParse(values)]
  issues.push(...issuesOf(query?.error), ...issuesOf(paging?.error))
  if (issues.length > 0) throw invalidQuery(issues)
  if (!list || !paging?.data) return { query: query?.data }
  const { order_by: order = list.order, limit, cursor } = paging.data
  const path = event.path.split('?')[0]!
  const page = pageOf(JSON.stringify([path, query?.data]), order, limit, cursor)
  if (!page) throw invalidQuery([{ code: 'custom', path: ['cursor'], message: 'Is not a cursor of this list in this order' }])
  return { query: query?.data, page }
}

/** Reads a body of JSON by its schema. */
export async function readJsonBody(event: H3Event, schema: z.ZodType): Promise<unknown> {
  const body = await readJson(event.node.req, useConfig().maxBodyBytes)
  const { data, error } = schema.safeParse(body)
  if (!error) return data
  throw invalidBody(schema, body === undefined ? [{ code: 'invalid_format', path: [], message: 'Is not JSON in UTF-8' }] : issuesOf(error))
}
