import { describe, expect, it } from 'vitest'
import { errorBody, expectError } from '../../support/expect.ts'
import { request } from '../../support/http.ts'
import { rawRequest } from '../../support/raw.ts'

const bundle = '/docs/assets/standalone.js'
const nonceOf = (headers: Headers) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)![1]!

describe('GET /', () => {
  it('redirects to the API reference', async () => {
    const { status, headers } = await request('GET', '/')
    expect([status, headers.get('location')]).toStrictEqual([302, '/docs'])
  })
})

describe('GET /docs', () => {
  it('returns an HTML page that must not be cached', async () => {
    const { status, headers, text } = await request('GET', '/docs')
    expect([status, headers.get('content-type'), headers.get('cache-control')])
      .toStrictEqual([200, 'text/html; charset=utf-8', 'private, no-store'])
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/)
  })

  it('allows only its own scripts and styles, by a nonce for each response', async () => {
    const { headers, text } = await request('GET', '/docs')
    const nonce = nonceOf(headers)
    expect(headers.get('content-security-policy')).toBe([
      'default-src \'none\'',
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      'style-src-attr \'unsafe-inline\'',
      'connect-src \'self\'',
      'img-src \'self\' data:',
      'base-uri \'none\'',
      'form-action \'none\'',
      'frame-ancestors \'none\'',
    ].join('; '))
    for (const [tag] of text.matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    expect(text).toContain(`<meta property="csp-nonce" content="${nonce}">`)
    expect(nonceOf((await request('GET', '/docs')).headers)).not.toBe(nonce)
  })

  it('loads resources only from this server', async () => {
    const { text } = await request('GET', '/docs')
    const addresses = [...text.matchAll(/\b(?:src|href|data-url)="([^"]*)"/g)].map(([, address]) => address!)
    expect(addresses).toStrictEqual(['data:,', '/docs/assets/strict.js', bundle, '/openapi.json'])
    expect(text).not.toMatch(/\w:?\/\//)
  })

  it('signs nobody in', async () => {
    const headers = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
    const { status, headers: received } = await request('GET', '/docs', undefined, { headers })
    expect([status, received.get('set-cookie')]).toStrictEqual([200, null])
  })

  it('disables the external services of Scalar', async () => {
    const { text } = await request('GET', '/docs')
    const [, attribute] = /data-configuration="([^"]*)"/.exec(text)!
    expect(JSON.parse(attribute!.replaceAll('&quot;', '"'))).toMatchObject({
      agent: { disabled: true },
      mcp: { disabled: true },
      telemetry: false,
      withDefaultFonts: false,
      hideClientButton: true,
    })
  })
})

describe('the assets of the API reference', () => {
  it.each([
    ['', null],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
  ])('are compressed according to Accept-Encoding: %j', async (accepted, encoding) => {
    const options = { headers: { 'accept-encoding': accepted } }
    const { status, headers, bytes } = await rawRequest('GET', bundle, options)
    expect([status, headers.get('content-type'), headers.get('content-encoding')])
      .toStrictEqual([200, 'text/javascript; charset=utf-8', encoding])
    expect([headers.get('cache-control'), headers.get('vary')]).toStrictEqual(['public, no-cache', 'Accept-Encoding'])
    expect(headers.get('content-length')).toBe(String(bytes.length))
    expect(bytes.length).toBeLessThan(encoding ? 1.1e6 : 4e6)
  })

  it.each([bundle, '/docs/assets/strict.js'])('return 304 if the client has the current version: %s', async (path) => {
    const fetchAsset = (conditions = {}) =>
      rawRequest('GET', path, { headers: { 'accept-encoding': 'br', ...conditions } })
    const etag = (await fetchAsset()).headers.get('etag')!
    const again = await fetchAsset({ 'if-none-match': etag })
    expect([again.status, again.text, again.headers.get('cache-control')]).toStrictEqual([304, '', 'public, no-cache'])
    const other = await fetchAsset({ 'if-none-match': '"another"' })
    expect(other.status).toBe(200)
  })
})

describe('the paths of the API reference', () => {
  it.each(['/', '/docs', bundle])('answer HEAD like GET, without the body: %s', async (path) => {
    const [get, head] = [await rawRequest('GET', path), await rawRequest('HEAD', path)]
    expect([head.status, head.headers.get('content-type'), head.text])
      .toStrictEqual([get.status, get.headers.get('content-type'), ''])
  })

  it.each(['/', '/docs'])('reject unsupported methods: %s', async (path) => {
    const answer = await request('POST', path, {})
    expectError(answer, 405, 'This path does not support this method.')
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  it.each([
    '/_nuxt/x', '/docs/nothing', '/docs/assets', '/docs/assets/', '/docs/assets/nothing.js',
    '/docs/assets/../../server/index.mjs',
  ])('return 404 for a missing file: %s', async (path) => {
    const { status, headers, body } = await rawRequest('GET', path, { headers: { accept: 'text/html' } })
    expect([status, body]).toStrictEqual([404, errorBody(404, 'No endpoint matches this path.')])
    expect([headers.get('content-type'), headers.get('cache-control')])
      .toStrictEqual(['application/json', 'private, no-store'])
  })
})
