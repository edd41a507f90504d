import { METHODS } from 'node:http'
import fc, { type Arbitrary } from 'fast-check'
import { parseJson } from '../support/http.ts'
import { fillPath, type ResourceIds } from '../support/valid-requests.ts'
import type { Draft } from './draft.ts'
import { edgeContentType, edgeHeader, edgeId, edgeJson, edgeParameter, foreignId } from './edge-values.ts'
import type { Fixture } from './fixture.ts'
import { edgeForms, formType } from './multipart-forms.ts'
import type { Operation } from './operations.ts'

/** Changes one part of a request, which usually makes it invalid. */
export type Mutation = (draft: Draft, fixture: Fixture) => Draft

/** Selects an element, modulo the number of elements. */
const anyIndex = fc.nat(1_000_000)

const ids = fc.tuple(anyIndex, edgeId).map(([n, idFor]): Mutation => (draft, fixture) => {
  const names = [...draft.path.matchAll(/{(\w+)}/g)].map(([, name]) => name!)
  if (names.length === 0) return draft
  return { ...draft, ids: { ...draft.ids, [names[n % names.length]!]: idFor(fixture) } }
})

/** Replaces all ids with those of the other user, with or without the user id. */
const foreignIds = fc.boolean().map((isOwnUser): Mutation => (draft, { user, otherUser: { ids } }) =>
  ({ ...draft, ids: isOwnUser ? { ...ids, user_id: user.id } : ids }))

const parameterNames = [
  'limit', 'cursor', 'order_by', 'project_id', 'project_type', 'programming_language', 'expires', 'signature', 'grant',
]
const namedParameter = fc.tuple(fc.constantFrom(...parameterNames), edgeParameter)

const parameters = fc.oneof(
  namedParameter.map(([name, valueFor]): Mutation => (draft, fixture) => {
    const others = draft.query.filter(pair => !pair.startsWith(`${name}=`))
    return { ...draft, query: [...others, `${name}=${valueFor(fixture)}`] }
  }),
  namedParameter.map(([name, valueFor]): Mutation => (draft, fixture) =>
    ({ ...draft, query: [...draft.query, `limit=1`, `${name}=${valueFor(fixture)}`] })),
  fc.constantFrom(
    '', '=', '&', '%FF=1', '__proto__=x', 'limit', 'limit[]=1', 'Limit=1', 'x=1&x=2', '%6Cimit=2', 'a'.repeat(5000),
    '?', 'user_id=1',
  ).map((pair): Mutation => draft => ({ ...draft, query: [...draft.query, pair] })),
)

/** Returns the body and headers of a request, with an empty object for a request without a body. */
const bodyOf = ({ body, headers }: Draft) => body
  ? { body, headers }
  : { body: Buffer.from('{}'), headers: { ...headers, 'content-type': 'application/json' } }

const changeBody = (change: (body: Buffer, fixture: Fixture) => string | Uint8Array): Mutation => (draft, fixture) => {
  const { body, headers } = bodyOf(draft)
  return { ...draft, headers, body: Buffer.from(change(body, fixture) as Uint8Array) }
}

const placeholder = 'the replaced value'

/** Replaces the nth value of a JSON document with raw text. */
function withValue(body: Buffer, n: number, raw: string): string {
  const json = parseJson(body.toString())
  let count = 0
  JSON.stringify(json, (_, value: unknown) => (count++, value))
  let index = 0
  const marked = JSON.stringify(json ?? null, (_, value: unknown) =>
    index++ === n % (count || 1) ? placeholder : value)
  return marked.replace(`"${placeholder}"`, () => raw)
}

/** Inserts a field before all others, possibly a duplicate. */
const withField = (body: Buffer, name: string, raw: string) =>
  body.toString().replace(/{/, () => `{${JSON.stringify(name)}:${raw},`).replace(/,\s*}$/, '}')

const fieldNames = [
  'id', 'user_id', 'neptun_user_id', 'chat_conversation_id', 'project_id', 'name', 'title', 'text', 'message',
  'content', 'actor', 'role', 'files', 'messages', 'email', 'emails', 'password', 'password_hash', 'hashed_password',
  'is_shared', 'is_protected', 'type', 'main_language', 'has_whitelist', 'expires_at', 'version', 'uuid', 'created_at',
  '__proto__', 'constructor', 'toString', 'toJSON', '', '\0', '\ud83d',
]

type Field = [name: string, value: unknown]

const changeFields = (body: Buffer, change: (fields: Field[]) => Field[]) =>
  JSON.stringify(Object.fromEntries(change(Object.entries(parseJson(body.toString()) ?? {}))))

const resized = (value: unknown, length: number) =>
  Array.isArray(value) ? Array<unknown>(length).fill(value[0]) : value

const replacedValue = fc.tuple(anyIndex, edgeJson).map(([n, jsonFor]) =>
  changeBody((body, fixture) => withValue(body, n, jsonFor(fixture))))
const addedField = fc.tuple(fc.constantFrom(...fieldNames), fc.oneof(edgeJson, foreignId)).map(([name, jsonFor]) =>
  changeBody((body, fixture) => withField(body, name, jsonFor(fixture))))
const removedField = anyIndex.map(n =>
  changeBody(body => changeFields(body, fields => fields.filter((_, i) => i !== n % fields.length))))
const resizedLists = fc.constantFrom(99, 100, 101, 1000, 1001).map(length =>
  changeBody(body => changeFields(body, fields => fields.map(([name, value]) => [name, resized(value, length)]))))

const fields = fc.oneof(
  { weight: 4, arbitrary: replacedValue },
  { weight: 2, arbitrary: addedField },
  { weight: 1, arbitrary: removedField },
  { weight: 1, arbitrary: resizedLists },
)

const maxBodyBytes = 4.5 * 1024 * 1024

const junk = fc.constantFrom(
  [0xff], [0], [0xc0, 0xaf], [0xed, 0xa0, 0xbd], [0xf0, 0x9f], [0xef, 0xbb, 0xbf], [0x0d, 0x0a], [0x22], [0x7d], [0x2c],
)
const insertedBytes = fc.tuple(anyIndex, junk).map(([n, junk]) => changeBody((body) => {
  const index = n % (body.length + 1)
  return Buffer.concat([body.subarray(0, index), Buffer.from(junk), body.subarray(index)])
}))
const truncatedBody = anyIndex.map(n => changeBody(body => body.subarray(0, n % (body.length || 1))))
const replacedBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom('', ' ', 'null', '[]', '1', '"x"', '{}', '{"a":', '[[', 'a=b', '\ufeff{}', '--x-neptun-x--'),
).map(other => changeBody(() => other))
/** Pads the body to the maximum size, or one byte more. */
const paddedBody = fc.constantFrom(maxBodyBytes, maxBodyBytes + 1).map(size =>
  changeBody(body => body.toString('latin1').padEnd(size)))

const bytes = fc.oneof(
  { weight: 8, arbitrary: insertedBytes },
  { weight: 8, arbitrary: truncatedBody },
  { weight: 6, arbitrary: replacedBody },
  { weight: 1, arbitrary: paddedBody },
)

const form = edgeForms.map((body): Mutation => draft =>
  ({ ...draft, body, headers: { ...draft.headers, 'content-type': formType } }))

const changedType = edgeContentType.map((type): Mutation => draft =>
  ({ ...draft, body: bodyOf(draft).body, headers: { ...draft.headers, 'content-type': type } }))
const removedType = fc.constant<Mutation>(({ headers: { 'content-type': _, ...headers }, ...draft }) =>
  ({ ...draft, headers }))
const chunked = fc.constant<Mutation>(draft =>
  ({ ...draft, headers: { ...draft.headers, 'transfer-encoding': 'chunked' } }))
const aborted = fc.constant<Mutation>(draft => ({ ...draft, ...bodyOf(draft), isAborted: true }))

const transport = fc.oneof(
  { weight: 4, arbitrary: changedType },
  { weight: 1, arbitrary: removedType },
  { weight: 2, arbitrary: chunked },
  { weight: 1, arbitrary: aborted },
)

const headers = edgeHeader.map((headerFor): Mutation => (draft, fixture) => {
  const [name, value] = headerFor(fixture)
  return { ...draft, headers: { ...draft.headers, [name]: value } }
})

const noSession = fc.constant<Mutation>(({ headers: { cookie: _, ...headers }, ...draft }) => ({ ...draft, headers }))

const methods = fc.oneof(
  fc.constantFrom('HEAD', 'OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  // CONNECT opens a tunnel and has no path.
  fc.constantFrom(...METHODS.filter(method => method !== 'CONNECT')),
).map((method): Mutation => draft => ({ ...draft, method }))

/** Alternative spellings, path traversal and unknown paths. */
const paths = fc.constantFrom<((path: string) => string)[]>(
  path => `${path}/`,
  path => `${path}//`,
  path => `/${path}`,
  path => `${path}/x`,
  path => `${path}/..`,
  path => `${path}/%2e%2e`,
  path => `${path}%2F`,
  path => `${path}%00`,
  path => `${path}%20`,
  path => `${path}%`,
  path => `${path}%ff`,
  path => `${path};x=y`,
  path => `${path}#x`,
  path => `${path}.json`,
  path => `${path}/${'x'.repeat(4000)}`,
  path => `/x/..${path}`,
  path => `http://evil.example${path}`,
  path => path.toUpperCase(),
  path => path.replace('/api', '/API'),
  path => path.replace('/', '/./'),
  path => path.replace('/users/', '\\users\\'),
  path => path.replace(/[a-z]/, letter => `%${letter.charCodeAt(0).toString(16)}`),
  path => path.replace(/\d/g, '%3$&'),
  path => path.replace(/(?<=.)\/[^/]*$/, ''),
  ...['/', '*', '/api', '/favicon.ico', '/api/__proto__', '/%c0%af'].map(other => () => other),
).map((change): Mutation => draft => ({ ...draft, path: change(fillPath(draft.path, draft.ids as ResourceIds)) }))

/** Generates mutations of an operation's requests, weighted towards the parts that the operation reads. */
export function mutationsOf(operation: Operation): Arbitrary<Mutation> {
  const hasIds = operation.path.includes('{')
  const hasQuery = operation.query.length > 0
  const hasHeaders = operation.headers.length > 0
  return fc.oneof(
    { weight: hasIds ? 6 : 0, arbitrary: ids },
    { weight: hasIds ? 3 : 0, arbitrary: foreignIds },
    { weight: hasQuery ? 10 : 1, arbitrary: parameters },
    { weight: operation.body ? 12 : 1, arbitrary: fields },
    { weight: operation.body ? 6 : 1, arbitrary: bytes },
    { weight: operation.body ? 5 : 1, arbitrary: transport },
    { weight: operation.acceptsFiles ? 12 : 0, arbitrary: form },
    { weight: hasHeaders ? 20 : 4, arbitrary: headers },
    { weight: 1, arbitrary: noSession },
    { weight: 3, arbitrary: methods },
    { weight: 3, arbitrary: paths },
  )
}
