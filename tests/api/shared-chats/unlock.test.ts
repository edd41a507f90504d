import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectInvalid, expectJson } from '../../support/expect.ts'
import { basicAuth, openShare, signedInUser, uniqueEmail, type TestUser } from '../../support/factories.ts'
import { request, type ApiResponse, type RequestOptions } from '../../support/http.ts'
import {
  activeShareInfo, createSharedChat, expectShareHeaders, expectShareRefusal, inactiveShareInfo, missingShareInfo,
} from '../../support/shares.ts'

const pathOf = (uuid: string) => `/api/shared/chats/${uuid}/unlock` as const
const unlock = (uuid: string, body: unknown, options?: RequestOptions) => request('POST', pathOf(uuid), body, options)

/** Opens a share with the cookie from `unlock`, as a browser would. */
function openWith(response: ApiResponse, uuid: string, person?: TestUser) {
  const session = person ? `neptun-session=${person.session}; ` : ''
  return openShare(uuid, { headers: { cookie: session + cookieOf(response) } })
}

const cookieOf = (response: ApiResponse) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

function expectUnlocked(response: ApiResponse, shareInfo: object): void {
  expectJson(response, 200, { shareInfo })
  expectShareHeaders(response)
}

describe('POST /api/shared/chats/[uuid]/unlock', () => {
  it('sets a cookie that opens the share', async () => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    expect((await openShare(uuid)).status).toBe(401)
    const response = await unlock(uuid, { password: 'secret' })
    expectUnlocked(response, activeShareInfo('password'))
    const opened = await openWith(response, uuid)
    expect(opened.status).toBe(200)
    expect(opened.body.shareInfo).toStrictEqual(activeShareInfo('password'))
    expect(opened.body.chatMessages).toHaveLength(1)
  })

  it('sets an HttpOnly cookie for this share and one hour', async () => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    const { headers } = await unlock(uuid, { password: 'secret' })
    const [cookie] = headers.getSetCookie()
    expect(headers.getSetCookie()).toHaveLength(1)
    const [, ...attributes] = cookie!.split('; ')
    expect(attributes.toSorted())
      .toStrictEqual(['HttpOnly', 'Max-Age=3600', `Path=/api/shared/chats/${uuid}`, 'SameSite=Lax'])
    expect(cookie).not.toContain('secret')
  })

  it('sets no cookie if the request opens the share without the password', async () => {
    const { uuid, owner } = await createSharedChat({ password: 'secret' })
    const first = await unlock(uuid, { password: 'secret' })
    const again = await unlock(uuid, { password: 'secret' }, { headers: { cookie: cookieOf(first) } })
    for (const response of [again, await owner.post(pathOf(uuid), { password: 'secret' })]) {
      expectUnlocked(response, activeShareInfo('password'))
      expect(response.headers.getSetCookie()).toEqual([])
    }
  })

  it('opens no other share, even with the same password', async () => {
    const protection = { password: 'secret' }
    const [one, other] = [await createSharedChat(protection), await createSharedChat(protection)]
    const response = await unlock(one.uuid, { password: 'secret' })
    expectShareRefusal(await openWith(response, other.uuid), 401, activeShareInfo('password'))
  })

  it('sets a cookie that cannot be altered', async () => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    const cookie = cookieOf(await unlock(uuid, { password: 'secret' }))
    const [, name, expires, signature] = /^(.+)=(\d+)\.(.+)$/.exec(cookie)!
    const reversed = [...signature!].toReversed().join('')
    const altered = [
      '', 'true', signature, `${expires}.`, `${expires}.${reversed}`,
      `${Number(expires) + 1}.${signature}`, `9${expires}.${signature}`,
    ]
    for (const value of altered) {
      const response = await openShare(uuid, { headers: { cookie: `${name}=${value}` } })
      expectShareRefusal(response, 401, activeShareInfo('password'))
    }
  })

  it('sets a cookie that survives new messages and works alongside a session', async () => {
    const { uuid, owner, chat } = await createSharedChat({ password: 'secret' })
    const response = await unlock(uuid, { password: 'secret' })
    await owner.post(`/api/users/${owner.id}/chats/${chat.id}/messages`, { message: 'More', actor: 'user' })
    expect((await openWith(response, uuid, await signedInUser())).body.chatMessages).toHaveLength(2)
  })

  it.each(['wrong', 'Secret', 'secret ', ' secret', 'x'.repeat(128)])('rejects the password %j', async (password) => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    const response = await unlock(uuid, { password })
    expectShareRefusal(response, 401, activeShareInfo('password'))
    expect(response.headers.has('set-cookie')).toBe(false)
  })

  it.each([
    'a:b::', 'pässwörd ☃ 😀', '  spaced  ', '😀'.repeat(128),
  ])('accepts the exact password: %s', async (password) => {
    const { uuid } = await createSharedChat({ password })
    const response = await unlock(uuid, { password })
    expectUnlocked(response, activeShareInfo('password'))
    expect((await openWith(response, uuid)).status).toBe(200)
  })

  it('sets no cookie for a share without a password', async () => {
    const { uuid } = await createSharedChat()
    const response = await unlock(uuid, { password: 'secret' })
    expectUnlocked(response, activeShareInfo())
    expect(response.headers.has('set-cookie')).toBe(false)
  })

  it.each([randomUUID(), 'abc', '%00'])('returns 404 for a missing or malformed uuid: %s', async (uuid) => {
    expectShareRefusal(await unlock(uuid, { password: 'secret' }), 404, missingShareInfo)
  })

  it.each([
    ['inactive', { is_shared: false, password: 'secret' }],
    ['expired', { expires_at: '2020-01-01T00:00:00Z', password: 'secret' }],
  ])('returns 404 for a share that is %s', async (_, fields) => {
    const { uuid } = await createSharedChat(fields)
    const response = await unlock(uuid, { password: 'secret' })
    expectShareRefusal(response, 404, inactiveShareInfo)
    expect(response.headers.has('set-cookie')).toBe(false)
  })

  it('enforces the whitelist as well', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner, whitelist } = await createSharedChat({ emails: [listed.email], password: 'secret' })
    const info = activeShareInfo('password', 'whitelist')
    expectShareRefusal(await unlock(uuid, { password: 'secret' }), 401, info)
    expectShareRefusal(await stranger.post(pathOf(uuid), { password: 'secret' }), 403, info)
    expectShareRefusal(await listed.post(pathOf(uuid), { password: 'wrong' }), 401, info)
    expectUnlocked(await owner.post(pathOf(uuid), { password: 'wrong' }), info)
    const response = await listed.post(pathOf(uuid), { password: 'secret' })
    expectUnlocked(response, info)
    expect((await openWith(response, uuid, listed)).status).toBe(200)
    expectShareRefusal(await openWith(response, uuid), 401, info)
    expectShareRefusal(await openWith(response, uuid, stranger), 403, info)
    await whitelist(uniqueEmail())
    expect((await openWith(response, uuid, listed)).status).toBe(200)
  })

  it('enforces the whitelist of a share without a password', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid } = await createSharedChat({ emails: [listed.email] })
    expectShareRefusal(await unlock(uuid, { password: 'x' }), 401, activeShareInfo('whitelist'))
    expectShareRefusal(await stranger.post(pathOf(uuid), { password: 'x' }), 403, activeShareInfo('whitelist'))
    const response = await listed.post(pathOf(uuid), { password: 'x' })
    expectUnlocked(response, activeShareInfo('whitelist'))
    expect(response.headers.has('set-cookie')).toBe(false)
  })

  it.each([
    ['no password', {}],
    ['a null password', { password: null }],
    ['a numeric password', { password: 7 }],
    ['an empty password', { password: '' }],
    ['a password of 129 characters', { password: 'x'.repeat(129) }],
    ['a password with a NUL character', { password: 'a\0' }],
  ])('rejects %s, whether or not the share exists', async (_, body) => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    for (const response of [await unlock(uuid, body), await unlock(randomUUID(), body)]) {
      expectInvalid(response, 'Invalid body(password)', 'password')
      expectShareHeaders(response)
    }
  })

  it('accepts the password in a form', async () => {
    const { uuid } = await createSharedChat({ password: 'o pen+sé&same' })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const raw = new URLSearchParams({ password: 'o pen+sé&same' }).toString()
    const form = await request('POST', pathOf(uuid), undefined, { raw, headers })
    expect([form.status, form.headers.get('set-cookie')]).toStrictEqual([200, expect.stringContaining('neptun-unlock')])
    expectShareHeaders(form)
  })

  it('accepts the password only in a body', async () => {
    const { uuid } = await createSharedChat({ password: 'secret' })
    expectInvalid(await request('POST', `${pathOf(uuid)}?password=secret`, {}), 'Invalid body(password)', 'password')
    expectInvalid(await unlock(uuid, {}, { headers: basicAuth('secret') }), 'Invalid body(password)', 'password')
  })
})
