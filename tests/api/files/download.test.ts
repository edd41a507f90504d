import { describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { rawRequest } from '../../support/raw.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'

/** The link of a new file with this text, and how to follow it with some headers. */
async function aFile(text = '0123456789') {
  const ada = await signedInUser()
  const [{ files: [file] }] = await messagesIn(ada, await chatOf(ada), { message: 'Look', files: [{ title: 'a.txt', text }] })
  const { pathname, search } = new URL(file.url)
  return (headers: Record<string, string> = {}, method = 'GET') => rawRequest(method, pathname + search, { headers })
}

describe('a download', () => {
  it('has a strong entity tag, and may be kept but has to be asked for again', async () => {
    const get = await aFile()
    const { headers } = await get()
    expect(headers.get('etag')).toMatch(/^"\d+"$/)
    expect(headers.get('accept-ranges')).toBe('bytes')
    expect(headers.get('cache-control')).toBe('private, no-cache')
  })

  it('is not sent again to somebody who has it', async () => {
    const get = await aFile()
    const etag = (await get()).headers.get('etag')!
    for (const known of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const { status, text, headers } = await get({ 'if-none-match': known })
      expect([known, status, text, headers.get('etag')]).toStrictEqual([known, 304, '', etag])
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200)
  })

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=0-0', '0', 'bytes 0-0/10'],
  ])('sends the range %s', async (range, expected, contentRange) => {
    const get = await aFile()
    const { status, text, headers } = await get({ range })
    expect([status, text, headers.get('content-range')]).toStrictEqual([206, expected, contentRange])
    expect(headers.get('content-length')).toBe(String(expected.length))
    const head = await get({ range }, 'HEAD')
    expect([head.status, head.text, head.headers.get('content-range')]).toStrictEqual([206, '', contentRange])
  })

  it.each(['bytes=0-1,4-5', 'lines=0-1', 'bytes', 'bytes=a-b', ''])('sends the whole for %j', async (range) => {
    const { status, text, headers } = await (await aFile())({ range })
    expect([status, text, headers.get('content-range')]).toStrictEqual([200, '0123456789', null])
  })

  it.each([['0123456789', 'bytes=10-', 10], ['', 'bytes=0-', 0]])('of %j has no range %s', async (content, range, size) => {
    const { status, body, headers } = await (await aFile(content))({ range })
    expect([status, body]).toStrictEqual([416, errorBody(416, 'The file has no such range.')])
    expect(headers.get('content-range')).toBe(`bytes */${size}`)
    expect(headers.get('content-disposition')).toBeNull()
  })

  it('sends a range only of what the client knows', async () => {
    const get = await aFile()
    const etag = (await get()).headers.get('etag')!
    expect((await get({ 'range': 'bytes=0-3', 'if-range': etag })).text).toBe('0123')
    expect((await get({ 'range': 'bytes=0-3', 'if-range': '"other"' })).text).toBe('0123456789')
  })
})

it('a file of several pieces comes in order, from whatever byte on', async () => {
  const text = Array.from({ length: 300_000 }, (_, i) => i.toString().padStart(9, '0')).join('\n')
  const get = await aFile(text)
  const whole = await get()
  expect(whole.headers.get('content-length')).toBe(String(text.length))
  expect(whole.text === text).toBe(true)
  const { text: end } = await get({ range: 'bytes=1048570-2097160' })
  expect(end === text.slice(1048570, 2097161)).toBe(true)
})
