import { describe, expect, it, vi } from 'vitest'
import { sign } from '#server/runtime/signing'
import { expectError, expectInvalid } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { testEnvironment } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

interface NewFile {
  title: string
  text: string
}

/** Adds a file along with a message and returns it as that message shows it. */
async function addFile(file: object) {
  const owner = await signedInUser()
  const files = [{ text: 'Hello', ...file }]
  const [message] = await appendMessages(owner, await createChat(owner), { message: 'Look', files })
  return message.files[0]!
}

/** Adds a file along with a message and returns it as the list of files shows it. */
async function addListedFile(file: NewFile) {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  await appendMessages(owner, chat, { message: 'Look', files: [file] })
  return (await owner.get(`/api/users/${owner.id}/chats/${chat.id}/files`)).body.chatFiles[0]!
}

describe('a file link in a message', () => {
  it('opens only its own file, without a session', async () => {
    const [one, other] = [await addFile({ title: 'one' }), await addFile({ title: 'other' })]
    expect((await follow(one.url)).status).toBe(200)
    expect((await follow(one.url.replace(`/${one.id}?`, `/${other.id}?`))).status).toBe(403)
  })

  it.each([
    ['no signature', (url: URL) => url.searchParams.delete('signature')],
    ['an empty signature', (url: URL) => url.searchParams.set('signature', '')],
    ['an altered signature', (url: URL) => url.searchParams.set('signature', `${url.searchParams.get('signature')!}A`)],
    ['the id of another owner', (url: URL) =>
      url.searchParams.set('signature', url.searchParams.get('signature')!.replace(/^\d+/, '1'))],
    ['no owner', (url: URL) =>
      url.searchParams.set('signature', url.searchParams.get('signature')!.replace(/^\d+\./, ''))],
    ['a later expiry', (url: URL) => url.searchParams.set('expires', '99999999999')],
    ['a non-numeric expiry', (url: URL) => url.searchParams.set('expires', 'never')],
    ['an added grant', (url: URL) => url.searchParams.set('grant', 'a.1')],
    ['no query', (url: URL) => url.search = ''],
    ['the id of a missing file', (url: URL) => url.pathname = '/api/files/9007199254740991'],
  ])('returns 403 with %s', async (_, change) => {
    const url = new URL((await addFile({ title: 'a.txt' })).url)
    change(url)
    const { status, error } = await follow(url.href)
    expect([status, error.message]).toStrictEqual([403, 'This link is invalid or has expired.'])
  })
})

describe('a file link in the list of files', () => {
  const invalidLink = 'This link is invalid or has expired.'
  const followAltered = (link: string, change: (query: URLSearchParams, url: URL) => void) => {
    const url = new URL(link)
    change(url.searchParams, url)
    return follow(url)
  }

  it('is absolute and serves a sandboxed attachment without a session', async () => {
    const file = await addListedFile({ title: 'page.html', text: '<script>alert(1)</script>' })
    expect(new URL(file.url).origin).toBe(new URL(testServer().baseUrl).origin)
    const { status, headers, text } = await follow(file.url)
    expect(status).toBe(200)
    expect(text).toBe('<script>alert(1)</script>')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?page\.html"?$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox(;|$)/)
    expect(headers.get('cache-control')).toContain('private')
    expect(headers.get('set-cookie')).toBe(null)
  })

  it.each<[string, (query: URLSearchParams, url: URL) => void]>([
    ['without a signature', query => query.delete('signature')],
    ['with an empty signature', query => query.set('signature', '')],
    ['with an altered signature', query => query.set('signature', [...query.get('signature')!].toReversed().join(''))],
    ['with a truncated signature', query => query.set('signature', query.get('signature')!.slice(0, -1))],
    ['without an expiry', query => query.delete('expires')],
    ['with a later expiry', query => query.set('expires', String(Number(query.get('expires')) + 1))],
    ['with an earlier expiry', query => query.set('expires', '1')],
    ['with a reformatted expiry', query => query.set('expires', `${query.get('expires')}.0`)],
    ['with an added grant', query => query.set('grant', 'x.1')],
    ['for another file', (_, url) => void (url.pathname += '0')],
    ['without a query', (_, url) => void (url.search = '')],
  ])('does not open %s', async (_, change) => {
    const { url } = await addListedFile({ title: 'a.txt', text: 'secret' })
    expectError(await followAltered(url, change), 403, invalidLink)
  })

  it.each<[string, (query: URLSearchParams, url: URL) => void, message: string, field: string]>([
    ['an id that is no number', (_, url) => void (url.pathname += 'x'), 'Invalid parameters', 'file_id'],
    ['a second expiry', query => query.append('expires', '1'), 'Invalid query(expires)', 'expires'],
  ])('is a 400 with %s', async (_, change, message, field) => {
    const { url } = await addListedFile({ title: 'a.txt', text: 'secret' })
    expectInvalid(await followAltered(url, change), message, field)
  })

  it('expires after 15 minutes', async () => {
    vi.stubEnv('NUXT_SIGNING_SECRET', testEnvironment.NUXT_SIGNING_SECRET)
    const { id, neptun_user_id: owner, url } = await addListedFile({ title: 'a.txt', text: 'a' })
    const now = Math.floor(Date.now() / 1000)
    expect(Number(new URL(url).searchParams.get('expires')) - now).toBeGreaterThan(890)
    expect(Number(new URL(url).searchParams.get('expires')) - now).toBeLessThan(910)
    const followExpiringAt = (expires: number) => followAltered(url, (query) => {
      query.set('expires', String(expires))
      query.set('signature', `${owner}.${sign('file', id, String(expires), undefined, String(owner))}`)
    })
    expect((await followExpiringAt(now + 60)).status).toBe(200)
    expectError(await followExpiringAt(now - 1), 403, invalidLink)
  })
})
