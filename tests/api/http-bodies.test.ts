import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, inject, it } from 'vitest'
import { errorBody, invalidBody } from '../support/expect.ts'
import { request } from '../support/http.ts'
import { rawRequest, readAnswer } from '../support/raw.ts'
import { signedInUser, type Person } from '../support/world.ts'

const complaint = 'Invalid body(name, description, project_type, programming_language)'
const aProject = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript' }
const json = JSON.stringify(aProject)
const limit = 4.5 * 1024 * 1024

/** Sends these bytes as a new project. */
async function sent(raw: string | Uint8Array<ArrayBuffer>, type = 'application/json', headers = {}, person?: Person) {
  const ada = person ?? await signedInUser()
  return ada.post(`/api/users/${ada.id}/projects`, undefined, { raw, headers: { 'content-type': type, ...headers } })
}

describe('a body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'Application/JSON; charset=utf8', 'application/json; version=1'])('is taken as %s', async (type) => {
    expect((await sent(json, type)).status).toBe(201)
  })

  it('may begin with a byte order mark', async () => {
    expect((await sent(`\ufeff${json}`)).status).toBe(201)
  })

  it.each([
    'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json5', 'application/xml',
    'application/json; charset=utf-16', 'application/json; charset=latin1', 'json', '*/*',
  ])('is not taken as %s', async (type) => {
    const { status, body } = await sent(json, type)
    expect(status).toBe(415)
    expect(body).toStrictEqual(errorBody(415, 'The content type has to be application/json in UTF-8.'))
  })

  it('is not taken without a type', async () => {
    const ada = await signedInUser()
    const { status } = await ada.post(`/api/users/${ada.id}/projects`, undefined, { raw: new TextEncoder().encode(json) })
    expect(status).toBe(415)
  })

  it.each(['gzip', 'br', 'gzip, identity'])('is not taken in %s', async (encoding) => {
    expect((await sent(new Uint8Array(gzipSync(json)), 'application/json', { 'content-encoding': encoding })).status).toBe(415)
  })

  it.each([
    ['nothing', ''],
    ['half of it', json.slice(0, -1)],
    ['something behind it', `${json},`],
    ['single quotes', '{\'name\':\'Neptun\'}'],
    ['a comma too many', `${json.slice(0, -1)},}`],
    ['no number', '{"name":NaN}'],
    ['a form', 'name=Neptun'],
  ].flatMap(([what, text]) => ['application/json', 'application/json; charset=utf-8'].map(type => [what, type, text] as const)))('of broken JSON is a 400: %s as %s', async (_, type, text) => {
    const { status, body } = await sent(text!, type)
    expect(status).toBe(400)
    expect(body).toStrictEqual(invalidBody(complaint))
  })

  it.each([
    ['a lone byte', [0xff]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0xbd]],
    ['a character cut off', [0xf0, 0x9f, 0xa6]],
    ['Latin-1', [0xe9]],
  ])('that is not UTF-8 is a 400: %s', async (_, bytes) => {
    const [start, end] = json.split('Neptun')
    const { status, body } = await sent(new Uint8Array(Buffer.concat([Buffer.from(start!), Buffer.from(bytes), Buffer.from(end!)])))
    expect(status).toBe(400)
    expect(body).toStrictEqual(invalidBody(complaint))
  })

  it.each(['\\u0000', '\\ud83d', '\\udc00', '\\udc00\\ud83d'])('with a %s in JSON\'s own spelling is a 400', async (escaped) => {
    const { status, body } = await sent(json.replace('Neptun', `a${escaped}b`))
    expect(status).toBe(400)
    expect(body).toStrictEqual(invalidBody(complaint))
  })

  it('may spell its characters as JSON allows', async () => {
    expect((await sent(json.replace('Neptun', '\\ud83e\\ude90\\u0041'))).body.project.name).toBe('🪐A')
  })

  it.each([
    ['a name of every object', `{"__proto__":{"name":"x"},"constructor":1,"toString":2,${json.slice(1)}`],
    ['one that is nested a thousand times', `{"x":${'['.repeat(1000)}${']'.repeat(1000)},${json.slice(1)}`],
    ['one that is nested a hundred thousand times', `{"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)},${json.slice(1)}`],
    ['a NUL', `{"x":"\\u0000","\\ud83d":1,${json.slice(1)}`],
  ])('may have fields that nobody knows: %s', async (_, text) => {
    const { status, body } = await sent(text)
    expect(status).toBe(201)
    expect(body.project.name).toBe('Neptun')
  })

  it('with a field twice holds the last of them, as JSON.parse has it', async () => {
    expect((await sent(`{"name":"First",${json.slice(1)}`)).body.project.name).toBe('Neptun')
  })
})

describe('a query', () => {
  it.each(['project_type=%FF', 'project_type=%C0%AF', 'project_type=%E0%A4%A', 'project_type=%', 'project_type=a%00', '%FF=1'])('of ?%s is a 400', async (query) => {
    const ada = await signedInUser()
    const { status, body } = await ada.get(`/api/users/${ada.id}/projects?${query}`)
    expect(status).toBe(400)
    expect(body.message).toMatch(/^Invalid query\(.+\)$/)
    expect(Object.keys(body.data)).toStrictEqual(['message', 'issues'])
  })
})

describe('a body that is too large', () => {
  const tooLarge = errorBody(413, `A request may have a body of at most ${limit} bytes.`)
  const headersOf = (person: Person) => ({ 'cookie': `neptun-session=${person.session}`, 'content-type': 'application/json' })

  it('is a 413 by the length that it says it has', async () => {
    const { status, body } = await sent(' '.repeat(limit + 1))
    expect([status, body]).toStrictEqual([413, tooLarge])
  })

  it('is a 413 even if it does not say how long it is, and the server goes on', async () => {
    const ada = await signedInUser()
    const path = `/api/users/${ada.id}/projects`
    const chunks = Array<string>(96).fill(' '.repeat(64 * 1024))
    const { status, body } = await rawRequest('POST', path, { headers: headersOf(ada), chunks })
    expect([status, body]).toStrictEqual([413, tooLarge])
    expect((await ada.get(path)).status).toBe(200)
  })

  it('is one byte more than the limit', async () => {
    const ada = await signedInUser()
    expect((await sent(json.padEnd(limit), 'application/json', {}, ada)).status).toBe(201)
    expect((await sent(json.padEnd(limit + 1), 'application/json', {}, ada)).status).toBe(413)
  })

  it('is a 413 before it is a 415, and a 401 before both', async () => {
    expect((await sent(' '.repeat(limit + 1), 'text/plain')).status).toBe(413)
    const { status } = await request('POST', '/api/users/1/projects', undefined, { raw: ' '.repeat(limit + 1) })
    expect(status).toBe(401)
  })
})

describe('a body that never comes', () => {
  const port = () => Number(new URL(inject('baseUrl')).port)
  const head = (person: Person, length: number) =>
    `POST /api/users/${person.id}/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: neptun-session=${person.session}\r\n`
    + `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`

  it('does not hurt the server when its client goes away', async () => {
    const ada = await signedInUser()
    await Promise.all(Array.from({ length: 20 }, async () => {
      const socket = connect(port(), '127.0.0.1')
      await once(socket, 'connect')
      socket.write(head(ada, 1000) + '{"name":', () => socket.resetAndDestroy())
      await once(socket, 'close')
    }))
    expect((await ada.get(`/api/users/${ada.id}/projects`)).body).toStrictEqual({ projects: [] })
  })

  it('keeps nobody else waiting, and is read when it comes at last', async () => {
    const ada = await signedInUser()
    const socket = connect(port(), '127.0.0.1')
    socket.write(head(ada, json.length) + json.slice(0, 10))
    expect((await ada.get('/api/auth/check')).status).toBe(200)
    socket.write(json.slice(10))
    const [answer] = await once(socket, 'data') as [Buffer]
    socket.destroy()
    expect(readAnswer('POST', `/api/users/${ada.id}/projects`, answer).status).toBe(201)
  })
})
