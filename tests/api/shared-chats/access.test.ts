import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectJson } from '../../support/expect.ts'
import { request, type Answer, type RequestOptions } from '../../support/http.ts'
import { active, expectRefusal, expectUnindexed, inactive, missing, sharedChat } from '../../support/shares.ts'
import { anEmail, basic, openShare, signedInUser, type Person } from '../../support/world.ts'

const pathOf = (uuid: string) => `/api/shared/chats/${uuid}`
const openAs = (person: Person, uuid: string, options?: RequestOptions) => person.get(pathOf(uuid), options)

/** The response is the chat of `sharedChat`. */
function expectChat(response: Answer, shareInfo: object): void {
  const chatMessages = [expect.objectContaining({ content: 'Hello world' })]
  expectJson(response, 200, { chat: expect.anything(), chatMessages, shareInfo })
  expectUnindexed(response)
}

describe('access to a shared chat', () => {
  it.each([
    randomUUID(), 'abc', '1', '%20', '%00', '%FF', `${randomUUID()}0`, randomUUID().replaceAll('-', '_'),
  ])('is refused with 404 for a missing or malformed uuid: %s', async (uuid) => {
    expectRefusal(await openShare(uuid), 404, missing)
    expectRefusal(await openAs(await signedInUser(), uuid, { headers: basic('secret') }), 404, missing)
  })

  it.each([
    ['inactive', { is_shared: false }],
    ['expired', { expires_at: '2020-01-01T00:00:00Z' }],
    ['inactive, with a password and a whitelist', { is_shared: false, password: 'secret', emails: [anEmail()] }],
    ['expired, with a password', { password: 'secret', expires_at: '2020-01-01T00:00:00+02:00' }],
  ])('is refused to everyone, including the owner, when the share is %s', async (_, fields) => {
    const { uuid, owner } = await sharedChat(fields)
    expectRefusal(await openShare(uuid, { headers: basic('secret') }), 404, inactive)
    expectRefusal(await openAs(owner, uuid), 404, inactive)
  })

  it.each([
    ['is open', {}],
    ['expires in the future', { expires_at: '2999-01-01T00:00:00Z' }],
  ])('is granted to everyone when the share %s', async (_, fields) => {
    const { uuid, owner } = await sharedChat(fields)
    expectChat(await openShare(uuid), active())
    expectChat(await openShare(uuid, { headers: { cookie: 'neptun-session=garbage', ...basic('needless') } }), active())
    expectChat(await openAs(await signedInUser(), uuid), active())
    expectChat(await openAs(owner, uuid), active())
  })

  it('is granted to listed users and the owner', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner } = await sharedChat({ emails: [listed.email] })
    expectRefusal(await openShare(uuid), 401, active('whitelist'))
    const invalid = { headers: { cookie: 'neptun-session=garbage', ...basic('secret') } }
    expectRefusal(await openShare(uuid, invalid), 401, active('whitelist'))
    expectRefusal(await openAs(stranger, uuid), 403, active('whitelist'))
    expectChat(await openAs(listed, uuid), active('whitelist'))
    expectChat(await openAs(owner, uuid), active('whitelist'))
    await listed.post('/api/auth/logout')
    expectRefusal(await openAs(listed, uuid), 401, active('whitelist'))
  })

  it('follows a later whitelist from the next request on', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, whitelist } = await sharedChat()
    expectChat(await openAs(stranger, uuid), active())
    await whitelist(listed.email.toUpperCase())
    expectRefusal(await openShare(uuid), 401, active('whitelist'))
    expectRefusal(await openAs(stranger, uuid), 403, active('whitelist'))
    expectChat(await openAs(listed, uuid), active('whitelist'))
  })

  it('is granted only to the owner when the whitelist is empty', async () => {
    const stranger = await signedInUser()
    for (const { uuid, owner, whitelist } of [await sharedChat({ emails: [anEmail()] }), await sharedChat({})]) {
      await whitelist(anEmail())
      expectRefusal(await openShare(uuid), 401, active('whitelist'))
      expectRefusal(await openAs(stranger, uuid), 403, active('whitelist'))
      expectChat(await openAs(owner, uuid), active('whitelist'))
    }
  })

  it.each([
    undefined, basic(''), basic('Secret'), basic('secret '), basic('secre'), basic('secret\0'), basic('', 'secret'),
    { authorization: 'Basic' }, { authorization: 'Basic ' }, { authorization: 'Bearer secret' },
    { authorization: `Basic ${Buffer.from('secret').toString('base64')}` }, { authorization: 'Basic !' },
    { authorization: `Basic ${Buffer.from(':\xFF', 'latin1').toString('base64')}` }, { password: 'secret' },
  ])('is refused for %j in place of the password', async (headers) => {
    const { uuid, owner } = await sharedChat({ password: 'secret' })
    expectRefusal(await openShare(uuid, { headers }), 401, active('password'))
    expectRefusal(await openAs(await signedInUser(), uuid, { headers }), 401, active('password'))
    expectChat(await openAs(owner, uuid, { headers }), active('password'))
  })

  it.each([
    'secret', ' ', ':', 'a:b::', 'pässwörd ☃ 😀', '  spaced  ', 'x'.repeat(128), '😀'.repeat(128),
  ])('is granted to anyone with the password: %s', async (password) => {
    const { uuid } = await sharedChat({ password })
    for (const user of ['', 'anybody', 'Ä b', 'x@example.com'])
      expectChat(await openShare(uuid, { headers: basic(password, user) }), active('password'))
    expectChat(await openAs(await signedInUser(), uuid, { headers: basic(password) }), active('password'))
    expectRefusal(await openShare(uuid, { headers: basic(`${password}x`) }), 401, active('password'))
    expectRefusal(await openShare(uuid, { headers: basic([...password].slice(1).join('')) }), 401, active('password'))
  })

  it('is refused for the password in the query', async () => {
    const { uuid } = await sharedChat({ password: 'secret' })
    expectRefusal(await request('GET', `${pathOf(uuid)}?password=secret`), 401, active('password'))
  })

  it('requires both the whitelist and the password when both are set', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner } = await sharedChat({ emails: [listed.email], password: 'secret' })
    const info = active('password', 'whitelist')
    const [right, wrong] = [{ headers: basic('secret') }, { headers: basic('wrong') }]
    expectRefusal(await openShare(uuid), 401, info)
    expectRefusal(await openShare(uuid, right), 401, info)
    expectRefusal(await openAs(stranger, uuid, right), 403, info)
    expectRefusal(await openAs(stranger, uuid, wrong), 403, info)
    expectRefusal(await openAs(listed, uuid), 401, info)
    expectRefusal(await openAs(listed, uuid, wrong), 401, info)
    expectChat(await openAs(listed, uuid, right), info)
    expectChat(await openAs(owner, uuid), info)
  })
})
