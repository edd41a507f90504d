import fc, { type Arbitrary } from 'fast-check'
import type { Fixture } from './fixture.ts'

/** Generates a value that may depend on the fixture. */
type FixtureValue<Value> = Arbitrary<(fixture: Fixture) => Value>

const always = <Value>(values: Arbitrary<Value>): FixtureValue<Value> => values.map(value => () => value)

/** Ids that belong to the other user. */
export const foreignId: FixtureValue<string> = fc.constantFrom(
  'user_id', 'session_id', 'project_id', 'chat_id', 'message_id', 'file_id', 'share_id', 'entry_id', 'uuid',
).map(name => ({ otherUser }) => String(otherUser.ids[name as 'uuid']))

/** Path segments in the place of an id. */
export const edgeId = fc.oneof(
  always(fc.constantFrom(
    '0', '-1', '01', '1.5', '1e3', '+1', '0x1', 'x', 'null', '', '.', '..', '%2e%2e', '%20', '%00', '%0a', '%ff', '%',
    '%2F', '1%2F2', '%EF%BC%99', '*', '{}', ':id', '9007199254740991', '9007199254740992', '99999999999999999999',
    '9'.repeat(400), '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '__proto__',
    '999999999999',
  )),
  always(fc.string({ unit: 'binary', maxLength: 20 }).map(encodeURIComponent)),
  foreignId,
)

/** Values of query parameters, encoded. */
export const edgeParameter: FixtureValue<string> = fc.oneof(
  always(fc.constantFrom(
    '', '0', '1', '100', '101', '-1', '1.5', '1e1', '%31', '9'.repeat(30), '%20', '+', '%00', 'a%00b', '%FF', '%C0%AF',
    '%E0%A4%A', '%ED%A0%BD', '%', '%%', '%F0%9F%AA%90', '%EF%BF%BF', '%C2%A0', 'none', 'null', 'name:asc', 'id:desc',
    'name:asc,name:desc', 'name', 'name:up', ',', ':', 'id:asc,'.repeat(300), '__proto__:asc', '=', '[]',
    '%27%20or%201%3D1--', 'x'.repeat(4000), '.', 'W10.',
  )),
  always(fc.string({ unit: 'binary', maxLength: 300 }).map(encodeURIComponent)),
  // A cursor of another list, or of the same list in another order.
  fc.nat().map(n => ({ cursors }: Fixture) => [...cursors.values()][n % (cursors.size || 1)] ?? 'x'),
  foreignId,
)

const edgeLiterals = [
  'null', 'true', '0', '-0', '-1', '01', '1.5', '1e1', '1e400', '-1e400', '1e-400', '2147483648', '9007199254740992',
  '99999999999999999999', 'NaN',
  '""', '" "', '"\\u00a0\\ufeff"', '"\\u0000"', '"a\\u0000b"', '"\\ud83d"', '"\\udc00\\ud83d"', '"\\uD83E\\uDE90"',
  '"a\u0001"', '"', '\'a\'',
  '"__proto__"', '"constructor"', '"user"', '"system"', '"a/b"', '"a@b.cc"', '" A@B.CC "', '"A@\u0130.cc"',
  '"../../etc/passwd"', '"a.txt/"',
  '[]', '[[]]', '[null]', '[1,1]', '["a@b.cc","a@b.cc"]', '[{}]', '[{"title":"a","text":""}]', '{}', '{"":1}',
  '{"__proto__":{"name":"x"}}', '{"length":2}',
  '"2026-01-01"', '"2026-13-01T00:00:00Z"', '"2026-02-29T00:00:00Z"', '"2026-01-01T24:00:00Z"',
  '"2026-01-01T00:00:60Z"', '"2026-01-01T00:00:00.123456789Z"', '"0000-01-01T00:00:00Z"', '"1969-12-31T23:59:59Z"',
  '"9999-12-31T23:59:59.999-23:59"', '"+275760-09-13T00:00:00Z"',
]

const binaryText = fc.string({ unit: 'binary', maxLength: 300 }).map(value => JSON.stringify(value))
const longText = fc.constantFrom(129, 255, 256, 10_001).map(length => `"${'🪐'.repeat(length)}"`)
const deepList = fc.nat(20_000).map(depth => '['.repeat(depth) + ']'.repeat(depth))
const foreignIdJson = foreignId.map(foreignIdFor => (fixture: Fixture) => {
  const id = foreignIdFor(fixture)
  return /^\d+$/.test(id) ? id : JSON.stringify(id)
})
const foreignEmail = fc.constant(({ otherUser }: Fixture) => JSON.stringify(otherUser.user.email))

/** JSON values for any field of a body, including malformed JSON. */
export const edgeJson: FixtureValue<string> = fc.oneof(
  { weight: 12, arbitrary: always(fc.constantFrom(...edgeLiterals)) },
  { weight: 4, arbitrary: always(binaryText) },
  { weight: 3, arbitrary: always(fc.json({ stringUnit: 'binary' })) },
  { weight: 3, arbitrary: foreignIdJson },
  { weight: 1, arbitrary: foreignEmail },
  { weight: 2, arbitrary: always(longText) },
  { weight: 1, arbitrary: always(deepList) },
)

/** A valid session cookie with an invalid remainder. */
const sessionWithSuffix = fc.constantFrom('x', '; neptun-session=x', '; neptun-unlock=1.x; =', '"')
  .map(suffix => ({ user }: Fixture): [string, string] => ['cookie', `neptun-session=${user.session}${suffix}`])

/** Malformed, oversized and unexpected headers. */
export const edgeHeader: FixtureValue<[name: string, value: string]> = fc.oneof(
  sessionWithSuffix,
  header('cookie', '', 'x', 'neptun-session', 'neptun-session=', 'neptun-session=guessed', 'neptun-session=%00',
    'neptun-session=%FF', 'neptun-session=%', '\u00e9=\u00fc', ';;;=;', '__proto__=x', 'neptun-unlock=9999999999.x',
    `neptun-session=${'x'.repeat(4000)}`, 'x=y; '.repeat(500)),
  header('authorization', '', 'Basic', 'Basic !', 'Basic /w==', 'Basic Og==', 'basic   OnBhc3M=', 'Bearer x',
    'Digest x', 'Basic OgA=', `Basic ${'OjEx'.repeat(1000)}`),
  header('range', '', 'bytes', 'bytes=', 'bytes=0-', 'bytes=-0', 'bytes=-1', 'bytes=4-1', 'bytes=0-0,2-3',
    'bytes=0-99999999999999999999', 'bytes=a-b', 'items=0-1', `bytes=${'0-0,'.repeat(1000)}1-1`, 'bytes=1-1, 1-',
    'BYTES=0-1', '\u00e9'),
  ...['if-range', 'if-none-match', 'if-match'].map(name =>
    header(name, '', '*', '"', '"1"', 'W/"1"', 'x', '"1",,"2"', '\u00e9', 'Wed, 21 Oct 2026 07:28:00 GMT')),
  header('idempotency-key', '', '"', '""', '"x"', 'x', '"x', 'x y', '"\\"', 'x'.repeat(256), '\u00e9'),
  ...['if-modified-since', 'if-unmodified-since'].map(name =>
    header(name, '', '0', 'Wed, 21 Oct 2099 07:28:00 GMT', 'x', '\u00e9')),
  header('host', 'evil.example', 'a b', '[::1]', '[', 'a:99999', 'a@b', '\u00e9', 'x'.repeat(2000)),
  header('accept', '', 'text/html', '*/*;q=0', 'application/xml', '\u00e9'),
  header('accept-encoding', 'gzip, br', 'identity;q=0', '*;q=0'),
  header('user-agent', '', 'x'.repeat(8000), '\u00e9\u00ff', '\t'),
  header('connection', 'close', 'upgrade', 'x'),
  header('content-encoding', 'gzip', 'identity', 'br, gzip', ''),
  ...[
    'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'forwarded', 'x-http-method-override', 'x-request-id',
    'origin', 'upgrade', 'te',
  ].map(name => header(name, 'evil.example', 'DELETE', 'https', 'websocket', '\u00e9')),
)

function header(name: string, ...values: string[]): FixtureValue<[name: string, value: string]> {
  return always(fc.constantFrom(...values).map((value): [string, string] => [name, value]))
}

/** Malformed and unsupported content types. */
export const edgeContentType = fc.constantFrom(
  '', 'json', 'text/plain', 'application/x-www-form-urlencoded', 'application/json5', 'application/merge-patch+json',
  '*/*', '\u00e9/\u00e9', 'application/json;', 'application/json, text/plain', 'application/json; charset=',
  'application/json; charset=utf-16', 'application/json; charset="utf-8', 'application/json; charset=utf8; charset=x',
  'multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=y',
  `multipart/form-data; boundary=${'x'.repeat(300)}`, 'multipart/form-data; boundary="\u00e9"',
  'multipart/mixed; boundary=x-neptun-x', 'MULTIPART/FORM-DATA; BOUNDARY=x-neptun-x',
)
