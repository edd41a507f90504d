/** Why tests do not apply to a deployment, by test file, or by the beginning of a name, in which `*` is any text. */
type Exceptions = Record<string, string>

/** Gives several tests of a file the same reason. */
const each = (reason: string, file: string, ...names: string[]): Exceptions =>
  Object.fromEntries(names.map(name => [`${file} > ${name}`, reason]))

const malformed = 'nginx answers malformed requests by itself'
const perInstance = 'each instance has limits of its own'
const prepared = 'assumes that the statements of a single process are prepared'
const ofProcess = 'measures the memory of the server itself'
const unprepared = 'assumes prepared statements'

const api = 'tests/api'

const instances: Exceptions = {
  'tests/api/http/limits-of-work.test.ts': perInstance,
  'tests/db/statement-counts.test.ts': prepared,
  ...each(perInstance, `${api}/guessing/hash-queue.test.ts`,
    'many logins at once > are answered or refused, and do not keep others from the database'),
  ...each(prepared, 'tests/db/request-deadlines.test.ts',
    'a request at the deadline of its transaction > is a 201 if COMMIT has been sent and succeeds',
    'a request at the deadline of its transaction > is what is stored'),
  ...each(ofProcess, `${api}/files/upload-form.test.ts`, 'POST a form of 1 GiB'),
  ...each(malformed, `${api}/http/cors.test.ts`, 'every response > varies by the origin even if the Host header is'),
  ...each(malformed, `${api}/http/error-responses.test.ts`,
    'every error response > has a name: BadRequest', 'every error response > has a name: ExpectationFailed',
    'every error response > has a name: HeadersTooLarge'),
  ...each(malformed, `${api}/http/links.test.ts`, 'a link in a response > requires a well-formed Host header: "a*b"'),
  ...each(malformed, `${api}/http/malformed-ids-and-queries.test.ts`, 'an id in a path > * malformed: %00'),
  ...each(malformed, `${api}/http/methods.test.ts`, 'an unsupported method > * TRACE'),
  ...each(malformed, `${api}/http/request-targets.test.ts`,
    'a request target in absolute form > names the host of links',
    'a request target in absolute form > is rejected if its host is malformed',
    'a second Host header > returns 400'),
  ...each('nginx has the timeout of headers', `${api}/http/time-limits.test.ts`, 'headers'),
  ...each(malformed, `${api}/http/unknown-paths.test.ts`,
    'an unknown path > * /api/%', 'an unknown path > * /api/..%2f..%2fetc/passwd'),
  ...each(malformed, `${api}/shared-chats/access.test.ts`, 'access to a shared chat > * malformed uuid: %00'),
  ...each(malformed, `${api}/shared-chats/unlock.test.ts`, 'POST * malformed uuid: %00'),
  ...each(malformed, 'tests/contracts/host-and-body-errors.test.ts', 'every endpoint > rejects a malformed Host'),
  ...each(malformed, 'tests/contracts/security-headers.test.ts',
    '* > has the security headers with 400', 'what Node.js itself refuses', '* GET /api/% (404)', '* OPTIONS * (404)'),
}

const pgbouncer: Exceptions = {
  'tests/db/statement-counts.test.ts': unprepared,
  ...each('reads share the connections with writes', `${api}/guessing/hash-queue.test.ts`,
    'many logins that wait to be counted'),
  ...each(ofProcess, `${api}/files/upload-form.test.ts`, 'POST a form of 1 GiB'),
  ...each(unprepared, 'tests/db/request-deadlines.test.ts',
    'a request at the deadline of its transaction > is a 201 if COMMIT has been sent and succeeds',
    'a request at the deadline of its transaction > is what is stored'),
}

const byPlatform = 'Vercel answers malformed requests, and targets in absolute form, by itself'
const staticFile = 'Vercel serves static files, with headers of its own'
const lowerLimit = 'the limit of bodies is lower, and vercel.test.ts tests it'
const wholeBody = 'Vercel invokes a function once the body has arrived'

const vercel: Exceptions = {
  ...each(lowerLimit, `${api}/chats/create-project-chat.test.ts`, 'the body of POST * is accepted up to 4.5 MiB'),
  ...each(lowerLimit, `${api}/files/upload-form.test.ts`, 'POST a form of 1 GiB'),
  ...each('there are no proxies but Vercel', `${api}/guessing/client-addresses.test.ts`, 'behind two', 'on Vercel'),
  ...each(staticFile, `${api}/http/api-reference.test.ts`,
    'the assets of the API reference > are compressed according to Accept-Encoding'),
  ...each(wholeBody, `${api}/http/limits-of-work.test.ts`, 'the bodies in memory', 'the responses to an address'),
  ...each('Vercel takes responses before their clients do', `${api}/http/limits-of-work.test.ts`,
    'the responses in memory'),
  ...each(lowerLimit, `${api}/http/error-responses.test.ts`, 'every error response > has a name: PayloadTooLarge'),
  ...each(byPlatform, `${api}/http/error-responses.test.ts`,
    'every error response > has a name: ExpectationFailed', 'every error response > has a name: HeadersTooLarge'),
  ...each(lowerLimit, `${api}/http/form-bodies.test.ts`, 'a form > has the size limits of JSON'),
  ...each(lowerLimit, `${api}/http/oversized-and-unfinished-bodies.test.ts`,
    'a body over the limit', 'a body that is nested too deeply > is rejected: arrays in the limit of bytes'),
  ...each(byPlatform, `${api}/http/request-targets.test.ts`,
    'a request target in absolute form', 'a second Host header > returns 400'),
  ...each(wholeBody, `${api}/http/time-limits.test.ts`, 'headers', 'a body'),
  ...each('Vercel has the timeout of responses', `${api}/http/time-limits.test.ts`, 'a client that takes > none of'),
  ...each(lowerLimit, 'tests/contracts/host-and-body-errors.test.ts',
    'every endpoint with a body > rejects an oversized body'),
  ...each(lowerLimit, 'tests/contracts/security-headers.test.ts', '* > has the security headers with 413'),
  ...each(byPlatform, 'tests/contracts/security-headers.test.ts', 'what Node.js itself refuses', '* OPTIONS * (404)'),
  ...each(staticFile, 'tests/contracts/security-headers.test.ts',
    '* POST /docs/assets/strict.js (404)', 'Strict-Transport-Security > * /docs/assets/*.js (200)'),
}

export const exceptions = { vercel, pgbouncer, instances }
