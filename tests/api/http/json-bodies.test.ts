import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { errorBody, notSupported, validationErrorBody } from '../../support/expect.ts'
import { signedInUser } from '../../support/factories.ts'

const message = 'Invalid body(name, description, project_type, type, programming_language, main_language)'
const json = JSON.stringify({ name: 'Neptun', project_type: 'backend', programming_language: 'typescript' })

/** Creates a project with this body, sent as it is. */
async function createProject(raw: string | Uint8Array<ArrayBuffer>, type = 'application/json', headers = {}) {
  const ada = await signedInUser()
  const options = { raw, headers: { 'content-type': type, ...headers } }
  return ada.post(`/api/users/${ada.id}/projects`, undefined, options)
}

describe('a JSON body', () => {
  it.each([
    'application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"',
    'Application/JSON; charset=utf8', 'application/json; version=1',
  ])('is accepted as %s', async (type) => {
    expect((await createProject(json, type)).status).toBe(201)
  })

  it('may start with a byte order mark', async () => {
    expect((await createProject(`\ufeff${json}`)).status).toBe(201)
  })

  it.each([
    'text/plain', 'multipart/form-data; boundary=x', 'application/json5',
    'application/xml', 'application/json; charset=utf-16', 'application/json; charset=latin1', 'json', '*/*',
  ])('is rejected with 415 as %s', async (type) => {
    const { status, body } = await createProject(json, type)
    expect(status).toBe(415)
    expect(body).toStrictEqual(errorBody(415, notSupported))
  })

  it('is rejected with 415 without a content type', async () => {
    const ada = await signedInUser()
    const raw = new TextEncoder().encode(json)
    const { status } = await ada.post(`/api/users/${ada.id}/projects`, undefined, { raw })
    expect(status).toBe(415)
  })

  it.each(['gzip', 'br', 'gzip, identity'])('is rejected with 415 if encoded as %s', async (encoding) => {
    const compressed = new Uint8Array(gzipSync(json))
    const { status } = await createProject(compressed, 'application/json', { 'content-encoding': encoding })
    expect(status).toBe(415)
  })

  it.each(['identity', 'IDENTITY', 'Identity'])('is accepted if encoded as %s', async (encoding) => {
    const { status } = await createProject(json, 'application/json', { 'content-encoding': encoding })
    expect(status).toBe(201)
  })

  it.each([
    ['no content', ''],
    ['a missing brace', json.slice(0, -1)],
    ['trailing text', `${json},`],
    ['single quotes', '{\'name\':\'Neptun\'}'],
    ['a trailing comma', `${json.slice(0, -1)},}`],
    ['NaN', '{"name":NaN}'],
    ['a form', 'name=Neptun'],
  ].flatMap(([what, text]) =>
    ['application/json', 'application/json; charset=utf-8'].map(type => [what, type, text] as const),
  ))('is rejected with 400 if malformed: %s as %s', async (_, type, text) => {
    const { status, body } = await createProject(text!, type)
    expect(status).toBe(400)
    expect(body).toStrictEqual(validationErrorBody(message))
  })

  it.each([
    ['an invalid byte', [0xff]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0xbd]],
    ['a truncated character', [0xf0, 0x9f, 0xa6]],
    ['Latin-1', [0xe9]],
  ])('is rejected with 400 if it is not UTF-8: %s', async (_, bytes) => {
    const [start, end] = json.split('Neptun')
    const raw = new Uint8Array(Buffer.concat([Buffer.from(start!), Buffer.from(bytes), Buffer.from(end!)]))
    const { status, body } = await createProject(raw)
    expect(status).toBe(400)
    expect(body).toStrictEqual(validationErrorBody(message))
  })

  it.each([
    '\\u0000', '\\ud83d', '\\udc00', '\\udc00\\ud83d',
  ])('is rejected with 400 if a string contains %s', async (escaped) => {
    const { status, body } = await createProject(json.replace('Neptun', `a${escaped}b`))
    expect(status).toBe(400)
    expect(body).toStrictEqual(validationErrorBody(message))
  })

  it('may contain escaped characters', async () => {
    const { body } = await createProject(json.replace('Neptun', '\\ud83e\\ude90\\u0041'))
    expect(body.project.name).toBe('🪐A')
  })

  it.each([
    ['names of built-in properties', `{"__proto__":{"name":"x"},"constructor":1,"toString":2,${json.slice(1)}`],
    ['63 nested arrays', `{"x":${'['.repeat(63)}${']'.repeat(63)},${json.slice(1)}`],
    ['a NUL and a lone surrogate', `{"x":"\\u0000","\\ud83d":1,${json.slice(1)}`],
  ])('may contain unknown fields: %s', async (_, text) => {
    const { status, body } = await createProject(text)
    expect(status).toBe(201)
    expect(body.project.name).toBe('Neptun')
  })

  it('takes the last of repeated fields, as JSON.parse does', async () => {
    const { body } = await createProject(`{"name":"First",${json.slice(1)}`)
    expect(body.project.name).toBe('Neptun')
  })
})
