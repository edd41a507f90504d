import fc, { type Arbitrary } from 'fast-check'
import { isCommonPassword } from '#server/contracts/kit/common-passwords'
import { toForm, urlencoded } from '../support/forms.ts'
import { fillPath } from '../support/valid-requests.ts'
import { encodePair, listKey, type DraftBuilder } from './draft.ts'
import type { Fixture } from './fixture.ts'
import { forms, formType } from './multipart-forms.ts'
import type { Operation } from './operations.ts'
import { valuesOf } from './schema-values.ts'

type Fields = Record<string, unknown>

/** Generates requests that the document allows, from a user for their own resources. */
export function validRequests(operation: Operation): Arbitrary<DraftBuilder> {
  const query = optional(operation.query.map(({ name, schema }) => [name, valuesOf(schema)]))
  const headers = optional(operation.headers.map(name => [name, headerValues[name]!]))
  return fc.tuple(query, headers, bodiesOf(operation)).map(([query, headers, body]) => fixture => ({
    method: operation.method,
    path: operation.path,
    ids: operation.name === 'createShare' ? { ...fixture.ids, chat_id: fixture.unsharedChat.id } : { ...fixture.ids },
    query: queryOf(operation, query, fixture),
    headers: {
      cookie: `neptun-session=${fixture.user.session}`,
      ...headers,
      ...body && { 'content-type': body.type },
    },
    body: body?.bytes(fixture),
  }))
}

/** Generates objects that have any of these fields. */
const optional = <Value>(fields: [name: string, values: Arbitrary<Value>][]) =>
  fc.record(Object.fromEntries(fields), { requiredKeys: [] })

const headerValues: Record<string, Arbitrary<string>> = {
  'Idempotency-Key': fc.uuid(),
  'Range': fc.tuple(fc.nat(9), fc.nat(9)).map(([from, length]) => `bytes=${from}-${from + length}`),
  'If-Range': fc.constantFrom('"1"', '"x"'),
  'If-Match': fc.constant('*'),
  'If-None-Match': fc.constantFrom('"1"', '*', '"x", "y"'),
}

function queryOf({ name, path }: Operation, generated: Fields, fixture: Fixture): string[] {
  if (name === 'downloadFile') return Object.entries(fixture.linkQuery).map(encodePair)
  const { limit, cursor, ...others } = fitted(generated, fixture)
  const list = listKey(fillPath(path, fixture.ids), others)
  const nextCursor = limit !== undefined && cursor !== undefined ? fixture.cursors.get(list) : undefined
  const query = Object.entries({ ...others, limit, cursor: nextCursor })
  return query.filter(([, value]) => value !== undefined).map(encodePair)
}

interface Body {
  type: string
  bytes: (fixture: Fixture) => Buffer
}

const jsonTypes = fc.constantFrom(
  'application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"',
)

function bodiesOf({ name, body, requiresBody, acceptsFiles }: Operation): Arbitrary<Body | undefined> {
  if (!body) return fc.constant(undefined)
  const valueFor = (value: unknown, fixture: Fixture) =>
    name === 'logIn' ? credentialsOf(fixture) : fitted(value as Fields, fixture)
  const json = fc.tuple(jsonTypes, valuesOf(body)).map(([type, value]): Body => ({
    type,
    bytes: fixture => Buffer.from(JSON.stringify(valueFor(value, fixture))),
  }))
  const form = valuesOf(body).filter(fitsForm).map((value): Body => ({
    type: urlencoded,
    bytes: fixture => Buffer.from(toForm(valueFor(value, fixture))),
  }))
  return fc.oneof(
    { weight: 8, arbitrary: json },
    { weight: 2, arbitrary: form },
    { weight: acceptsFiles ? 4 : 0, arbitrary: forms.map(form => ({ type: formType, bytes: () => form })) },
    { weight: requiresBody ? 0 : 1, arbitrary: fc.constant(undefined) },
  )
}

/** Whether a form can carry a value: fields that take text cannot be null there. */
const fitsForm = (value: unknown) => !Array.isArray(value)
  && Object.entries(value as Fields).every(([name, field]) => field !== null || name === 'project_id')

const credentialsOf = ({ user: { email, password } }: Fixture) => ({ email, password })

/** Other names of fields. If both are given, their values have to be equal. */
const aliases: Record<string, string> = {
  content: 'message', role: 'actor', type: 'project_type', main_language: 'programming_language',
  hashed_password: 'password',
}

/** Replaces generated values with existing ones, and applies the rules that the document states only in prose. */
function fitted(fields: Fields, { user, ids, otherUser }: Fixture): Fields {
  // A whitelist without an object around it.
  if (Array.isArray(fields)) return [...fields as string[], user.email, otherUser.user.email] as never
  const { password, project_id, emails, order_by } = fields
  const replacements: Record<string, () => unknown> = {
    chat_ids: () => [ids.chat_id],
    project_id: () => project_id === null || project_id === 'none' ? project_id : ids.project_id,
    current_password: () => user.password,
    password: () => isCommonPassword(String(password)) ? `${String(password)}, but longer` : password,
    emails: () => [...emails as string[], user.email, otherUser.user.email],
    order_by: () => withoutDuplicates(order_by as string[]),
  }
  const names = Object.keys(fields).filter(name => !(aliases[name] !== undefined && aliases[name] in fields))
  return Object.fromEntries(names.map(name => [name, name in replacements ? replacements[name]!() : fields[name]]))
}

/** Keeps one direction for each column of an order. */
function withoutDuplicates(order: string[]): string[] {
  const byColumn = new Map(order.map(term => [term.split(':')[0], term]))
  return [...byColumn.values()]
}
