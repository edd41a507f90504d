import fc, { type Arbitrary } from 'fast-check'
import { isCommonPassword } from '#server/utils/common-passwords'
import { fill, type Ids } from '../support/everything.ts'
import { forms, formType } from './multipart-forms.ts'
import type { Operation } from './operations.ts'
import { valuesOf } from './schema-values.ts'
import type { World } from './fixture.ts'

/** A request before it goes out. */
export interface Draft {
  method: string
  /** With the names of its ids, as the document has it. */
  path: string
  ids: { [Name in keyof Ids]: number | string }
  /** Each of them `name=value`, encoded. */
  query: string[]
  headers: Record<string, string>
  body?: Buffer
  /** Whether its sender goes away before the last byte of the body. */
  isCutOff?: boolean
}

/** A request that still lacks what is in the world that it is sent into, so that it can be sent once more into another. */
export type Case = (world: World) => Draft

type Fields = Record<string, unknown>

/** Path and query of a draft as they go out. */
export const targetOf = ({ path, ids, query }: Draft) => fill(path, ids as Ids) + (query.length > 0 ? `?${query.join('&')}` : '')

/** Requests that the document allows, for things that are there, by the one whose they are. */
export function validCases(operation: Operation): Arbitrary<Case> {
  const query = fc.record(Object.fromEntries(operation.query.map(({ name, schema }) => [name, valuesOf(schema)])), { requiredKeys: [] })
  const conditions = fc.record(Object.fromEntries(operation.headers.map(name => [name, conditionOf[name]!])), { requiredKeys: [] })
  return fc.tuple(query, conditions, bodiesOf(operation)).map(([query, conditions, body]) => world => ({
    method: operation.method,
    path: operation.path,
    ids: operation.name === 'createShare' ? { ...world.ids, chat_id: world.loneChat.id } : { ...world.ids },
    query: queryOf(operation, query, world),
    headers: { cookie: `neptun-session=${world.person.session}`, ...conditions, ...body && { 'content-type': body.type } },
    body: body?.bytes(world),
  }))
}

const conditionOf: Record<string, Arbitrary<string>> = {
  'Range': fc.tuple(fc.nat(9), fc.nat(9)).map(([from, length]) => `bytes=${from}-${from + length}`),
  'If-Range': fc.constantFrom('"1"', '"x"'),
  'If-None-Match': fc.constantFrom('"1"', '*', '"x", "y"'),
}

function queryOf({ name, path }: Operation, given: Fields, world: World): string[] {
  if (name === 'downloadFile') return Object.entries(world.link).map(encoded)
  const { limit, cursor, ...others } = settled(given, world)
  const list = listOf(fill(path, world.ids), others)
  const next = limit !== undefined && cursor !== undefined ? world.cursors.get(list) : undefined
  return Object.entries({ ...others, limit, cursor: next }).filter(([, value]) => value !== undefined).map(encoded)
}

/** What a cursor belongs to: a list, its filters and its order. */
export function listOf(path: string, query: Fields): string {
  return [path, ...Object.entries(query).filter(([name]) => name !== 'limit' && name !== 'cursor').map(encoded).sort()].join('&')
}

const encoded = ([name, value]: [string, unknown]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`

interface Body {
  type: string
  bytes: (world: World) => Buffer
}

function bodiesOf({ name, body, isBodyNeeded, takesForms }: Operation): Arbitrary<Body | undefined> {
  if (!body) return fc.constant(undefined)
  const types = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"')
  const inJson = fc.tuple(types, valuesOf(body)).map(([type, value]): Body =>
    ({ type, bytes: world => Buffer.from(JSON.stringify(name === 'logIn' ? credentialsOf(world) : settled(value as Fields, world))) }))
  return fc.oneof(
    { weight: 8, arbitrary: inJson },
    { weight: takesForms ? 4 : 0, arbitrary: forms.map(form => ({ type: formType, bytes: () => form })) },
    { weight: isBodyNeeded ? 0 : 1, arbitrary: fc.constant(undefined) },
  )
}

const credentialsOf = ({ person: { email, password } }: World) => ({ email, password })

/** What is there instead of what was made up, and what else the document can only tell in words. */
function settled(fields: Fields, { person, ids, neighbour }: World): Fields {
  const settle: Record<string, () => unknown> = {
    chat_ids: () => [ids.chat_id],
    project_id: () => fields.project_id === null || fields.project_id === 'none' ? fields.project_id : ids.project_id,
    current_password: () => person.password,
    password: () => isCommonPassword(String(fields.password)) ? `${String(fields.password)}, but longer` : fields.password,
    is_protected: () => fields.is_protected && fields.password !== undefined,
    emails: () => [...fields.emails as string[], person.email, neighbour.person.email],
    order_by: () => withoutDoubles(fields.order_by as string),
  }
  return Object.fromEntries(Object.keys(fields).map(name => [name, name in settle ? settle[name]!() : fields[name]]))
}

/** Each column is sorted by once. */
function withoutDoubles(order: string): string {
  const byColumn = new Map(order.split(',').map(part => [part.split(':')[0], part]))
  return [...byColumn.values()].join()
}
