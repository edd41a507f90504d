import { METHODS } from 'node:http'
import fc, { type Arbitrary } from 'fast-check'
import { fill, type Ids } from '../support/everything.ts'
import { parse } from '../support/http.ts'
import type { Draft } from './valid-requests.ts'
import { formType, oddForms } from './multipart-forms.ts'
import type { Operation } from './operations.ts'
import { foreignId, oddHeader, oddId, oddJson, oddParameter, oddType } from './edge-values.ts'
import type { World } from './fixture.ts'

/** Breaks a request in one place; or does not, by chance. */
export type Alteration = (draft: Draft, world: World) => Draft

const anywhere = fc.nat(1_000_000)

const ids = fc.tuple(anywhere, oddId).map(([n, oddIn]): Alteration => (draft, world) => {
  const names = [...draft.path.matchAll(/{(\w+)}/g)].map(([, name]) => name!)
  return names.length === 0 ? draft : { ...draft, ids: { ...draft.ids, [names[n % names.length]!]: oddIn(world) } }
})

/** All that is there, but not the caller's. */
const neighbours = fc.boolean().map((isOwnUser): Alteration => (draft, { person, neighbour: { ids } }) =>
  ({ ...draft, ids: isOwnUser ? { ...ids, user_id: person.id } : ids }))

const parameterNames = [
  'limit', 'cursor', 'order_by', 'project_id', 'project_type', 'programming_language', 'expires', 'signature', 'grant',
]

const parameters = fc.oneof(
  fc.tuple(fc.constantFrom(...parameterNames), oddParameter).map(([name, oddIn]): Alteration => (draft, world) =>
    ({ ...draft, query: [...draft.query.filter(pair => !pair.startsWith(`${name}=`)), `${name}=${oddIn(world)}`] })),
  fc.tuple(fc.constantFrom(...parameterNames), oddParameter).map(([name, oddIn]): Alteration => (draft, world) =>
    ({ ...draft, query: [...draft.query, `limit=1`, `${name}=${oddIn(world)}`] })),
  fc.constantFrom(
    '', '=', '&', '%FF=1', '__proto__=x', 'limit', 'limit[]=1', 'Limit=1', 'x=1&x=2', '%6Cimit=2', 'a'.repeat(5000), '?', 'user_id=1',
  ).map((pair): Alteration => draft => ({ ...draft, query: [...draft.query, pair] })),
)

/** The body, or one for a request that has none. */
const bodyOf = ({ body, headers }: Draft) => body
  ? { body, headers }
  : { body: Buffer.from('{}'), headers: { ...headers, 'content-type': 'application/json' } }

const bodies = (change: (body: Buffer, world: World) => string | Uint8Array): Alteration => (draft, world) => {
  const { body, headers } = bodyOf(draft)
  return { ...draft, headers, body: Buffer.from(change(body, world) as Uint8Array) }
}

const marker = 'the value that goes'

/** Writes JSON anew with something else in one of its places. */
function withValue(body: Buffer, n: number, raw: string): string {
  const json = parse(body.toString())
  let places = 0
  JSON.stringify(json, (_, value: unknown) => (places++, value))
  let place = 0
  const marked = JSON.stringify(json ?? null, (_, value: unknown) => place++ === n % (places || 1) ? marker : value)
  return marked.replace(`"${marker}"`, () => raw)
}

/** Puts a field in front of all others, one that may be there already. */
const withField = (body: Buffer, name: string, raw: string) =>
  body.toString().replace(/{/, () => `{${JSON.stringify(name)}:${raw},`).replace(/,\s*}$/, '}')

const fieldNames = [
  'id', 'user_id', 'neptun_user_id', 'chat_conversation_id', 'project_id', 'name', 'title', 'text', 'message', 'content', 'actor',
  'role', 'files',
  'messages', 'email', 'emails', 'password', 'password_hash', 'is_shared', 'has_whitelist', 'expires_at', 'version', 'uuid',
  'created_at', '__proto__',
  'constructor', 'toString', 'toJSON', '', '\0', '\ud83d',
]

/** Writes an object anew, its fields changed. */
const withFields = (body: Buffer, change: (fields: [string, unknown][]) => [string, unknown][]) =>
  JSON.stringify(Object.fromEntries(change(Object.entries(parse(body.toString()) ?? {}))))

const stretched = (value: unknown, length: number) => Array.isArray(value) ? Array<unknown>(length).fill(value[0]) : value

const otherValue = fc.tuple(anywhere, oddJson).map(([n, oddIn]) => bodies((body, world) => withValue(body, n, oddIn(world))))
const moreFields = fc.tuple(fc.constantFrom(...fieldNames), fc.oneof(oddJson, foreignId))
  .map(([name, oddIn]) => bodies((body, world) => withField(body, name, oddIn(world))))
const fewerFields = anywhere.map(n => bodies(body => withFields(body, fields => fields.filter((_, i) => i !== n % fields.length))))
const longLists = fc.constantFrom(99, 100, 101, 1000, 1001)
  .map(length => bodies(body => withFields(body, fields => fields.map(([name, value]) => [name, stretched(value, length)]))))

const values = fc.oneof(
  { weight: 4, arbitrary: otherValue },
  { weight: 2, arbitrary: moreFields },
  { weight: 1, arbitrary: fewerFields },
  { weight: 1, arbitrary: longLists },
)

const limit = 4.5 * 1024 * 1024

const junk = fc.constantFrom(
  [0xff], [0], [0xc0, 0xaf], [0xed, 0xa0, 0xbd], [0xf0, 0x9f], [0xef, 0xbb, 0xbf], [0x0d, 0x0a], [0x22], [0x7d], [0x2c],
)
const moreBytes = fc.tuple(anywhere, junk).map(([n, junk]) => bodies((body) => {
  const at = n % (body.length + 1)
  return Buffer.concat([body.subarray(0, at), Buffer.from(junk), body.subarray(at)])
}))
const fewerBytes = anywhere.map(n => bodies(body => body.subarray(0, n % (body.length || 1))))
const otherBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom('', ' ', 'null', '[]', '1', '"x"', '{}', '{"a":', '[[', 'a=b', '\ufeff{}', '--x-neptun-x--'),
).map(other => bodies(() => other))
/** As large as a body may be, or a byte more. */
const tooManyBytes = fc.constantFrom(limit, limit + 1).map(size => bodies(body => body.toString('latin1').padEnd(size)))

const bytes = fc.oneof(
  { weight: 8, arbitrary: moreBytes },
  { weight: 8, arbitrary: fewerBytes },
  { weight: 6, arbitrary: otherBytes },
  { weight: 1, arbitrary: tooManyBytes },
)

const form = oddForms.map((body): Alteration => draft => ({ ...draft, body, headers: { ...draft.headers, 'content-type': formType } }))

const otherType = oddType.map((type): Alteration => draft =>
  ({ ...draft, body: bodyOf(draft).body, headers: { ...draft.headers, 'content-type': type } }))
const noType = fc.constant<Alteration>(({ headers: { 'content-type': _, ...headers }, ...draft }) => ({ ...draft, headers }))
const inChunks = fc.constant<Alteration>(draft => ({ ...draft, headers: { ...draft.headers, 'transfer-encoding': 'chunked' } }))
const cutOff = fc.constant<Alteration>(draft => ({ ...draft, ...bodyOf(draft), isCutOff: true }))

const transport = fc.oneof(
  { weight: 4, arbitrary: otherType },
  { weight: 1, arbitrary: noType },
  { weight: 2, arbitrary: inChunks },
  { weight: 1, arbitrary: cutOff },
)

const headers = oddHeader.map((oddIn): Alteration => (draft, world) => {
  const [name, value] = oddIn(world)
  return { ...draft, headers: { ...draft.headers, [name]: value } }
})

const noSession = fc.constant<Alteration>(({ headers: { cookie: _, ...headers }, ...draft }) => ({ ...draft, headers }))

const methods = fc.oneof(
  fc.constantFrom('HEAD', 'OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  // CONNECT is for tunnels, and has no path.
  fc.constantFrom(...METHODS.filter(method => method !== 'CONNECT')),
).map((method): Alteration => draft => ({ ...draft, method }))

/** Other ways to write a path, and ways out of it. */
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
).map((change): Alteration => draft => ({ ...draft, path: change(fill(draft.path, draft.ids as Ids)) }))

/** One place of a request for an operation, broken; rather one that it has than one that it ignores. */
export function alterationsOf({ path, query, headers: conditions, body, takesForms }: Operation): Arbitrary<Alteration> {
  return fc.oneof(
    { weight: path.includes('{') ? 6 : 0, arbitrary: ids },
    { weight: path.includes('{') ? 3 : 0, arbitrary: neighbours },
    { weight: query.length > 0 ? 10 : 1, arbitrary: parameters },
    { weight: body ? 12 : 1, arbitrary: values },
    { weight: body ? 6 : 1, arbitrary: bytes },
    { weight: body ? 5 : 1, arbitrary: transport },
    { weight: takesForms ? 12 : 0, arbitrary: form },
    { weight: conditions.length > 0 ? 20 : 4, arbitrary: headers },
    { weight: 1, arbitrary: noSession },
    { weight: 3, arbitrary: methods },
    { weight: 3, arbitrary: paths },
  )
}
