import { describe, expect, it } from 'vitest'
import { errorBody, expectError } from '../support/expect.ts'
import { request } from '../support/http.ts'
import { rawRequest } from '../support/raw.ts'

const bundle = '/docs/assets/standalone.js'
const nonceOf = (headers: Headers) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)![1]!

describe('/', () => {
  it('leads to the reference', async () => {
    const { status, headers } = await request('GET', '/')
    expect([status, headers.get('location')]).toStrictEqual([302, '/docs'])
  })
})

describe('/docs', () => {
  it('is a page that nobody keeps', async () => {
    const { status, headers, text } = await request('GET', '/docs')
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toStrictEqual([200, 'text/html; charset=utf-8', 'private, no-store'])
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/)
  })

  it('allows its own scripts and styles alone, by a nonce that is new each time', async () => {
    const { headers, text } = await request('GET', '/docs')
    const nonce = nonceOf(headers)
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; connect-src 'self'; `
      + `img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    for (const [tag] of text.matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    expect(text).toContain(`<meta property="csp-nonce" content="${nonce}">`)
    expect(nonceOf((await request('GET', '/docs')).headers)).not.toBe(nonce)
  })

  it('loads what this server has, and nothing else', async () => {
    const { text } = await request('GET', '/docs')
    const addresses = [...text.matchAll(/\b(?:src|href|data-url)="([^"]*)"/g)].map(([, address]) => address!)
    expect(addresses).toStrictEqual(['data:,', '/docs/assets/strict.js', bundle, '/openapi.json'])
    expect(text).not.toMatch(/\w:?\/\//)
  })

  it('tells Scalar to ask nobody else', async () => {
    const { text } = await request('GET', '/docs')
    const [, attribute] = /data-configuration="([^"]*)"/.exec(text)!
    expect(JSON.parse(attribute!.replaceAll('&quot;', '"'))).toMatchObject({
      agent: { disabled: true }, mcp: { disabled: true }, telemetry: false, withDefaultFonts: false, hideClientButton: true,
    })
  })
})

describe('the files of the reference', () => {
  it.each([['', null], ['gzip', 'gzip'], ['gzip, deflate, br, zstd', 'br']])('go over the wire as %j asks', async (accepted, encoding) => {
    const { status, headers, bytes } = await rawRequest('GET', bundle, { headers: { 'accept-encoding': accepted } })
    expect([status, headers.get('content-type'), headers.get('content-encoding')]).toStrictEqual([200, 'text/javascript; charset=utf-8', encoding])
    expect([headers.get('cache-control'), headers.get('vary')]).toStrictEqual(['public, no-cache', 'Accept-Encoding'])
    expect(headers.get('content-length')).toBe(String(bytes.length))
    expect(bytes.length).toBeLessThan(encoding ? 1.1e6 : 4e6)
  })

  it.each([bundle, '/docs/assets/strict.js'])('%s is not sent again to whoever has it', async (path) => {
    const headers = { 'accept-encoding': 'br' }
    const etag = (await rawRequest('GET', path, { headers })).headers.get('etag')!
    const again = await rawRequest('GET', path, { headers: { ...headers, 'if-none-match': etag } })
    expect([again.status, again.text, again.headers.get('cache-control')]).toStrictEqual([304, '', 'public, no-cache'])
    const other = await rawRequest('GET', path, { headers: { ...headers, 'if-none-match': '"another"' } })
    expect(other.status).toBe(200)
  })
})

describe('beside that', () => {
  it.each(['/', '/docs', bundle])('HEAD of %s answers as GET, without the body', async (path) => {
    const [got, head] = [await rawRequest('GET', path), await rawRequest('HEAD', path)]
    expect([head.status, head.headers.get('content-type'), head.text]).toStrictEqual([got.status, got.headers.get('content-type'), ''])
  })

  it.each(['/', '/docs'])('%s takes no other method', async (path) => {
    const answer = await request('POST', path, {})
    expectError(answer, 405, 'This path does not take this method.')
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  it.each(['/_nuxt/x', '/docs/nothing', '/docs/assets', '/docs/assets/', '/docs/assets/nothing.js', '/docs/assets/../../server/index.mjs'])('there is nothing at %s', async (path) => {
    const { status, headers, body } = await rawRequest('GET', path, { headers: { accept: 'text/html' } })
    expect([status, body]).toStrictEqual([404, errorBody(404, 'There is nothing at this path.')])
    expect([headers.get('content-type'), headers.get('cache-control')]).toStrictEqual(['application/json', 'private, no-store'])
  })
})
