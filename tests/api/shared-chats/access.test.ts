import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectJson } from '../../support/expect.ts'
import { basicAuth, openShare, signedInUser, uniqueEmail, type TestUser } from '../../support/factories.ts'
import { request, type ApiResponse, type RequestOptions } from '../../support/http.ts'
import {
  activeShareInfo, createSharedChat, expectShareHeaders, expectShareRefusal, inactiveShareInfo, missingShareInfo,
} from '../../support/shares.ts'

const pathOf = (uuid: string) => `/api/shared/chats/${uuid}` as const
const openAs = (person: TestUser, uuid: string, options?: RequestOptions) => person.get(pathOf(uuid), options)

/** The response is the chat of `sharedChat`. */
function expectChat(response: ApiResponse, shareInfo: object): void {
  const chatMessages = [expect.objectContaining({ content: 'Hello world' })]
  expectJson(response, 200, { chat: expect.anything(), chatMessages, shareInfo })
  expectShareHeaders(response)
}

describe('access to a shared chat', () => {
  it.each([
    randomUUID(), 'abc', '1', '%20', '%00', '%FF', `${randomUUID()}0`, randomUUID().replaceAll('-', '_'),
  ])('is refused with 404 for a missing or malformed uuid: %s', async (uuid) => {
    expectShareRefusal(await openShare(uuid), 404, missingShareInfo)
    const response = await openAs(await signedInUser(), uuid, { headers: basicAuth('secret') })
    expectShareRefusal(response, 404, missingShareInfo)
  })

  it.each([
    ['inactive', { is_shared: false }],
    ['expired', { expires_at: '2020-01-01T00:00:00Z' }],
    ['inactive, with a password and a whitelist', { is_shared: false, password: 'secret', emails: [uniqueEmail()] }],
    ['expired, with a password', { password: 'secret', expires_at: '2020-01-01T00:00:00+02:00' }],
  ])('is refused to everyone, including the owner, when the share is %s', async (_, fields) => {
    const { uuid, owner } = await createSharedChat(fields)
    expectShareRefusal(await openShare(uuid, { headers: basicAuth('secret') }), 404, inactiveShareInfo)
    expectShareRefusal(await openAs(owner, uuid), 404, inactiveShareInfo)
  })

  it.each([
    ['is open', {}],
    ['expires in the future', { expires_at: '2999-01-01T00:00:00Z' }],
  ])('is granted to everyone when the share %s', async (_, fields) => {
    const { uuid, owner } = await createSharedChat(fields)
    expectChat(await openShare(uuid), activeShareInfo())
    const invalid = { headers: { cookie: 'neptun-session=garbage', ...basicAuth('needless') } }
    expectChat(await openShare(uuid, invalid), activeShareInfo())
    expectChat(await openAs(await signedInUser(), uuid), activeShareInfo())
    expectChat(await openAs(owner, uuid), activeShareInfo())
  })

  it('is granted to listed users and the owner', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner } = await createSharedChat({ emails: [listed.email] })
    expectShareRefusal(await openShare(uuid), 401, activeShareInfo('whitelist'))
    const invalid = { headers: { cookie: 'neptun-session=garbage', ...basicAuth('secret') } }
    expectShareRefusal(await openShare(uuid, invalid), 401, activeShareInfo('whitelist'))
    expectShareRefusal(await openAs(stranger, uuid), 403, activeShareInfo('whitelist'))
    expectChat(await openAs(listed, uuid), activeShareInfo('whitelist'))
    expectChat(await openAs(owner, uuid), activeShareInfo('whitelist'))
    await listed.post('/api/auth/logout')
    expectShareRefusal(await openAs(listed, uuid), 401, activeShareInfo('whitelist'))
  })

  it('follows a later whitelist from the next request on', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, whitelist } = await createSharedChat()
    expectChat(await openAs(stranger, uuid), activeShareInfo())
    await whitelist(listed.email.toUpperCase())
    expectShareRefusal(await openShare(uuid), 401, activeShareInfo('whitelist'))
    expectShareRefusal(await openAs(stranger, uuid), 403, activeShareInfo('whitelist'))
    expectChat(await openAs(listed, uuid), activeShareInfo('whitelist'))
  })

  it('is granted only to the owner when the whitelist is empty', async () => {
    const stranger = await signedInUser()
    for (const fields of [{ emails: [uniqueEmail()] }, {}]) {
      const { uuid, owner, whitelist } = await createSharedChat(fields)
      await whitelist(uniqueEmail())
      expectShareRefusal(await openShare(uuid), 401, activeShareInfo('whitelist'))
      expectShareRefusal(await openAs(stranger, uuid), 403, activeShareInfo('whitelist'))
      expectChat(await openAs(owner, uuid), activeShareInfo('whitelist'))
    }
  })

  it.each([
    undefined, basicAuth(''), basicAuth('Secret'), basicAuth('secret '), basicAuth('secre'), basicAuth('secret\0'),
    basicAuth('', 'secret'),
    { authorization: 'Basic' }, { authorization: 'Basic ' }, { authorization: 'Bearer secret' },
    { authorization: `Basic ${Buffer.from('secret').toString('base64')}` }, { authorization: 'Basic !' },
    { authorization: `Basic ${Buffer.from(':\xFF', 'latin1').toString('base64')}` }, { password: 'secret' },
  ])('is refused for %j in place of the password', async (headers) => {
    const { uuid, owner } = await createSharedChat({ password: 'secret' })
    expectShareRefusal(await openShare(uuid, { headers }), 401, activeShareInfo('password'))
    expectShareRefusal(await openAs(await signedInUser(), uuid, { headers }), 401, activeShareInfo('password'))
    expectChat(await openAs(owner, uuid, { headers }), activeShareInfo('password'))
  })

  it.each([
    'secret', ' ', ':', 'a:b::', 'pässwörd ☃ 😀', '  spaced  ', 'x'.repeat(128), '😀'.repeat(128),
  ])('is granted to anyone with the password: %s', async (password) => {
    const { uuid } = await createSharedChat({ password })
    for (const user of ['', 'anybody', 'Ä b', 'x@example.com'])
      expectChat(await openShare(uuid, { headers: basicAuth(password, user) }), activeShareInfo('password'))
    expectChat(await openAs(await signedInUser(), uuid, { headers: basicAuth(password) }), activeShareInfo('password'))
    expectShareRefusal(await openShare(uuid, { headers: basicAuth(`${password}x`) }), 401, activeShareInfo('password'))
    const shortened = [...password].slice(1).join('')
    expectShareRefusal(await openShare(uuid, { headers: basicAuth(shortened) }), 401, activeShareInfo('password'))
  })

  it('is refused for the password in the query', async () => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    expectShareRefusal(await request('GET', `${pathOf(uuid)}?password=secret`), 401, activeShareInfo('password'))
  })

  it('requires both the whitelist and the password when both are set', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner } = await createSharedChat({ emails: [listed.email], password: 'secret' })
    const info = activeShareInfo('password', 'whitelist')
    const [right, wrong] = [{ headers: basicAuth('secret') }, { headers: basicAuth('wrong') }]
    expectShareRefusal(await openShare(uuid), 401, info)
    expectShareRefusal(await openShare(uuid, right), 401, info)
    expectShareRefusal(await openAs(stranger, uuid, right), 403, info)
    expectShareRefusal(await openAs(stranger, uuid, wrong), 403, info)
    expectShareRefusal(await openAs(listed, uuid), 401, info)
    expectShareRefusal(await openAs(listed, uuid, wrong), 401, info)
    expectChat(await openAs(listed, uuid, right), info)
    expectChat(await openAs(owner, uuid), info)
  })
})
