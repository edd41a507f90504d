import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import { request, type Answer, type RequestOptions } from '../../support/http.ts'
import { active, expectRefusal, expectUnindexed, inactive, missing, sharedChat } from '../../support/shares.ts'
import { anEmail, basic, openShare, signedInUser, type Person } from '../../support/world.ts'

/** POST /api/shared/chats/[uuid]/unlock */
const pathOf = (uuid: string) => `/api/shared/chats/${uuid}/unlock`
const unlock = (uuid: string, body: unknown, options?: RequestOptions) => request('POST', pathOf(uuid), body, options)

/** Opens a share with what `unlock` gave, as a browser would. */
function openWith(answer: Answer, uuid: string, person?: Person): Promise<Answer> {
  const session = person ? `neptun-session=${person.session}; ` : ''
  return openShare(uuid, { headers: { cookie: session + cookieOf(answer) } })
}

const cookieOf = (answer: Answer) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''

function expectUnlocked(answer: Answer, shareInfo: object): void {
  expectJson(answer, 200, { shareInfo })
  expectUnindexed(answer)
}

describe('unlocking a shared chat', () => {
  it('gives a cookie that opens it', async () => {
    const { uuid } = await sharedChat({ password: 'secret' })
    expect((await openShare(uuid)).status).toBe(401)
    const answer = await unlock(uuid, { password: 'secret' })
    expectUnlocked(answer, active('password'))
    const opened = await openWith(answer, uuid)
    expect(opened.status).toBe(200)
    expect(opened.body.shareInfo).toStrictEqual(active('password'))
    expect(opened.body.chatMessages).toHaveLength(1)
  })

  it('sets this cookie for this share and one hour, out of reach of scripts', async () => {
    const { uuid } = await sharedChat({ password: 'secret' })
    const { headers } = await unlock(uuid, { password: 'secret' })
    const [cookie] = headers.getSetCookie()
    expect(headers.getSetCookie()).toHaveLength(1)
    const [, ...attributes] = cookie!.split('; ')
    expect(attributes.toSorted()).toStrictEqual(['HttpOnly', 'Max-Age=3600', `Path=/api/shared/chats/${uuid}`, 'SameSite=Lax'])
    expect(cookie).not.toContain('secret')
  })

  it('opens no other share, even with the same password', async () => {
    const [one, other] = [await sharedChat({ password: 'secret' }), await sharedChat({ password: 'secret' })]
    const answer = await unlock(one.uuid, { password: 'secret' })
    expectRefusal(await openWith(answer, other.uuid), 401, active('password'))
  })

  it('is not imitated by an altered cookie', async () => {
    const { uuid } = await sharedChat({ password: 'secret' })
    const cookie = cookieOf(await unlock(uuid, { password: 'secret' }))
    const [, name, expires, signature] = /^(.+)=(\d+)\.(.+)$/.exec(cookie)!
    const reversed = [...signature!].toReversed().join('')
    for (const value of ['', 'true', signature, `${expires}.`, `${expires}.${reversed}`, `${Number(expires) + 1}.${signature}`, `9${expires}.${signature}`])
      expectRefusal(await openShare(uuid, { headers: { cookie: `${name}=${value}` } }), 401, active('password'))
  })

  it('goes on while the chat does, and also beside a session', async () => {
    const { uuid, owner, chat } = await sharedChat({ password: 'secret' })
    const answer = await unlock(uuid, { password: 'secret' })
    await owner.post(`/api/users/${owner.id}/chats/${chat.id}/messages`, { message: 'More', actor: 'user' })
    expect((await openWith(answer, uuid, await signedInUser())).body.chatMessages).toHaveLength(2)
  })

  it.each(['wrong', 'Secret', 'secret ', ' secret', 'x'.repeat(128)])('is refused for %j', async (password) => {
    const { uuid } = await sharedChat({ password: 'secret' })
    const answer = await unlock(uuid, { password })
    expectRefusal(answer, 401, active('password'))
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  it.each(['a:b::', 'pässwörd ☃ 😀', '  spaced  ', '😀'.repeat(128)])('takes a password as it is: %s', async (password) => {
    const { uuid } = await sharedChat({ password })
    const answer = await unlock(uuid, { password })
    expectUnlocked(answer, active('password'))
    expect((await openWith(answer, uuid)).status).toBe(200)
  })

  it('does nothing where there is no password', async () => {
    const { uuid } = await sharedChat()
    const answer = await unlock(uuid, { password: 'secret' })
    expectUnlocked(answer, active())
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  it.each([randomUUID(), 'abc', '%00'])('does not find a share that there is not: %s', async (uuid) => {
    expectRefusal(await unlock(uuid, { password: 'secret' }), 404, missing)
  })

  it.each([
    ['switched off', { is_shared: false, password: 'secret' }],
    ['expired', { expires_at: '2020-01-01T00:00:00Z', password: 'secret' }],
  ])('does not open a share that is %s', async (_, fields) => {
    const { uuid } = await sharedChat(fields)
    const answer = await unlock(uuid, { password: 'secret' })
    expectRefusal(answer, 404, inactive)
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  it('lets nobody past the whitelist', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner, whitelist } = await sharedChat({ emails: [listed.email], password: 'secret' })
    const info = active('password', 'whitelist')
    expectRefusal(await unlock(uuid, { password: 'secret' }), 401, info)
    expectRefusal(await stranger.post(pathOf(uuid), { password: 'secret' }), 403, info)
    expectRefusal(await listed.post(pathOf(uuid), { password: 'wrong' }), 401, info)
    expectUnlocked(await owner.post(pathOf(uuid), { password: 'wrong' }), info)
    const answer = await listed.post(pathOf(uuid), { password: 'secret' })
    expectUnlocked(answer, info)
    expect((await openWith(answer, uuid, listed)).status).toBe(200)
    expectRefusal(await openWith(answer, uuid), 401, info)
    expectRefusal(await openWith(answer, uuid, stranger), 403, info)
    await whitelist(anEmail())
    expect((await openWith(answer, uuid, listed)).status).toBe(200)
  })

  it('decides a whitelist without a password as opening does', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid } = await sharedChat({ emails: [listed.email] })
    expectRefusal(await unlock(uuid, { password: 'x' }), 401, active('whitelist'))
    expectRefusal(await stranger.post(pathOf(uuid), { password: 'x' }), 403, active('whitelist'))
    const answer = await listed.post(pathOf(uuid), { password: 'x' })
    expectUnlocked(answer, active('whitelist'))
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  it.each([
    ['no password', {}],
    ['null', { password: null }],
    ['a number', { password: 7 }],
    ['an empty password', { password: '' }],
    ['a password that is too long', { password: 'x'.repeat(129) }],
    ['a password with a NUL', { password: 'a\0' }],
  ])('refuses %s, whether there is such a share or not', async (_, body) => {
    const { uuid } = await sharedChat({ password: 'secret' })
    for (const answer of [await unlock(uuid, body), await unlock(randomUUID(), body)]) {
      expectInvalid(answer, 'Invalid body(password)', 'password')
      expectUnindexed(answer)
    }
  })

  it('takes the password in a JSON body and nowhere else', async () => {
    const { uuid } = await sharedChat({ password: 'secret' })
    const form = await request('POST', pathOf(uuid), undefined, { raw: 'password=secret', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expectError(form, 415, 'The content type has to be application/json in UTF-8.')
    expectUnindexed(form)
    expectInvalid(await request('POST', `${pathOf(uuid)}?password=secret`, {}), 'Invalid body(password)', 'password')
    expectInvalid(await unlock(uuid, {}, { headers: basic('secret') }), 'Invalid body(password)', 'password')
  })
})
