import { describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'

/** Adds a file and returns a function that requests its link with the given headers. */
async function downloadOf({ title = 'a.txt', text = '0123456789' } = {}) {
  const owner = await signedInUser()
  const [message] = await appendMessages(owner, await createChat(owner), { message: 'Look', files: [{ title, text }] })
  const { pathname, search } = new URL(message.files[0].url)
  return (headers: Record<string, string> = {}, method = 'GET') => rawRequest(method, pathname + search, { headers })
}

describe('GET /api/files/[file_id]', () => {
  it('answers HEAD like GET, without the body', async () => {
    const request = await downloadOf({ title: 'a.py', text: 'print()' })
    const [got, head] = [await request(), await request({}, 'HEAD')]
    expect([head.status, head.bytes.length]).toStrictEqual([200, 0])
    for (const name of ['content-length', 'content-type', 'content-disposition', 'content-security-policy'])
      expect([name, head.headers.get(name)]).toStrictEqual([name, got.headers.get(name)])
  })

  it('serves HTML as a sandboxed attachment', async () => {
    const get = await downloadOf({ title: 'page.html', text: '<script>alert(1)</script>' })
    const { headers } = await get()
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?page\.html"?$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox(;|$)/)
  })

  it('sets a strong ETag and requires revalidation', async () => {
    const get = await downloadOf()
    const { headers } = await get()
    expect(headers.get('etag')).toMatch(/^"\d+"$/)
    expect(headers.get('accept-ranges')).toBe('bytes')
    expect(headers.get('cache-control')).toBe('private, no-cache')
  })

  it('returns 304 when the client already has the file', async () => {
    const get = await downloadOf()
    const etag = (await get()).headers.get('etag')!
    for (const known of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const { status, text, headers } = await get({ 'if-none-match': known })
      expect([known, status, text, headers.get('etag')]).toStrictEqual([known, 304, '', etag])
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200)
    // As fetch sends it.
    expect((await get({ 'if-none-match': '*', 'cache-control': 'no-cache' })).status).toBe(304)
  })

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-10', '0123456789', 'bytes 0-9/10'],
    ['bytes=-11', '0123456789', 'bytes 0-9/10'],
    ['bytes=-65536', '0123456789', 'bytes 0-9/10'],
    ['bytes= -065536', '0123456789', 'bytes 0-9/10'],
    ['bytes=0-0', '0', 'bytes 0-0/10'],
  ])('returns the range %s', async (range, expected, contentRange) => {
    const get = await downloadOf()
    const { status, text, headers } = await get({ range })
    expect([status, text, headers.get('content-range')]).toStrictEqual([206, expected, contentRange])
    expect(headers.get('content-length')).toBe(String(expected.length))
    const head = await get({ range }, 'HEAD')
    expect([head.status, head.text, head.headers.get('content-range')]).toStrictEqual([206, '', contentRange])
  })

  it.each([
    'bytes=0-1,4-5', 'bytes=0-1,-65536', 'lines=0-1', 'bytes', 'bytes=a-b', '',
  ])('returns the whole file for the range %j', async (range) => {
    const { status, text, headers } = await (await downloadOf())({ range })
    expect([status, text, headers.get('content-range')]).toStrictEqual([200, '0123456789', null])
  })

  it.each([
    ['0123456789', 'bytes=10-', 10],
    ['0123456789', 'bytes=-0', 10],
    ['', 'bytes=0-', 0],
    ['', 'bytes=-0', 0],
  ])('returns 416 for %j and the range %s', async (text, range, size) => {
    const { status, body, headers } = await (await downloadOf({ text }))({ range })
    expect([status, body]).toStrictEqual([416, errorBody(416, 'The file has no such range.')])
    expect(headers.get('content-range')).toBe(`bytes */${size}`)
    expect(headers.get('content-disposition')).toBeNull()
  })

  it('returns the whole of an empty file for its last bytes', async () => {
    const { status, text, headers } = await (await downloadOf({ text: '' }))({ range: 'bytes=-65536' })
    expect([status, text, headers.get('content-range')]).toStrictEqual([200, '', null])
  })

  it.each(['GET', 'HEAD'])('returns 304 to %s rather than 416 when the client already has the file', async (method) => {
    const request = await downloadOf()
    const etag = (await request()).headers.get('etag')!
    const known = await request({ 'range': 'bytes=99-', 'if-none-match': etag }, method)
    expect([known.status, known.text, known.headers.get('etag')]).toStrictEqual([304, '', etag])
    expect(known.headers.get('content-range')).toBeNull()
    expect((await request({ 'range': 'bytes=99-', 'if-none-match': '"other"' }, method)).status).toBe(416)
  })

  it('returns a range only when If-Range matches', async () => {
    const get = await downloadOf()
    const etag = (await get()).headers.get('etag')!
    expect((await get({ 'range': 'bytes=0-3', 'if-range': etag })).text).toBe('0123')
    expect((await get({ 'range': 'bytes=0-3', 'if-range': '"other"' })).text).toBe('0123456789')
  })

  it('returns a file of several chunks in order, from any offset', async () => {
    const text = Array.from({ length: 300_000 }, (_, i) => i.toString().padStart(9, '0')).join('\n')
    const get = await downloadOf({ text })
    const whole = await get()
    expect(whole.headers.get('content-length')).toBe(String(text.length))
    expect(whole.text === text).toBe(true)
    const { text: end } = await get({ range: 'bytes=1048570-2097160' })
    expect(end === text.slice(1048570, 2097161)).toBe(true)
  })
})
