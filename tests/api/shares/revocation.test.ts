import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { shares } from '#db/schema/shares'
import { expectError, expectJson } from '../../support/expect.ts'
import {
  appendMessages, basicAuth, createShare, openShare, signedInUser, validPassword, type TestUser,
} from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { activeShareInfo, createSharedChat, expectShareRefusal, inactiveShareInfo } from '../../support/shares.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

/** A shared chat with a file, and the requests of its owner. */
async function shareWithFile(fields: object = {}) {
  const { owner, chat, id, uuid, whitelist } = await createSharedChat(fields)
  await appendMessages(owner, chat, { message: 'Look', files: [{ title: 'a.txt', text: 'Hello' }] })
  const chatPath = `/api/users/${owner.id}/chats/${chat.id}` as const
  const path = `${chatPath}/shares/${id}` as const
  const ownLink = (await owner.get(`${chatPath}/files`)).body.chatFiles[0]!.url
  const update = async (changes: object) => expect((await owner.send('PATCH', path, changes)).status).toBe(200)
  const entries = async () => (await owner.get(`${path}/whitelist-entries`)).body.shareWhitelistEntries
  const remove = async ({ id: userId }: TestUser) => {
    const entry = (await entries()).find(entry => entry.whitelisted_neptun_user_id === userId)!
    expectJson(await owner.send('DELETE', `${path}/whitelist-entries/${entry.id}`), 200, true)
  }
  return { owner, chat, uuid, path, ownLink, whitelist, update, entries, remove }
}

/** The link to the file in the response of an opened share. */
async function fileLinkIn(opened: ReturnType<typeof openShare>): Promise<string> {
  const { status, body } = await opened
  expect(status).toBe(200)
  return body.chatMessages.at(-1)!.files[0]!.url
}

const withCookie = (cookie: string) => ({ headers: { cookie } })
const openAs = (person: TestUser, uuid: string, cookie = '') =>
  openShare(uuid, withCookie(`neptun-session=${person.session}; ${cookie}`))

async function unlock(uuid: string, password: string, send: TestUser['send'] = request): Promise<string> {
  const { status, headers } = await send('POST', `/api/shared/chats/${uuid}/unlock`, { password })
  expect(status).toBe(200)
  return headers.get('set-cookie')!.split(';')[0]!
}

const expectValid = async (link: string) => expect((await follow(link)).text).toBe('Hello')
const expectRevoked = async (link: string) =>
  expectError(await follow(link), 403, 'This link is invalid or has expired.')

describe.each<[string, object, object]>([
  ['is deactivated', { is_shared: false }, { is_shared: true }],
  ['is given an expiry in the past', { expires_at: '2020-01-01T00:00:00Z' }, { expires_at: null }],
])('a share that %s', (_, changes, undo) => {
  it('rejects everyone from the next request on, whatever credentials they send', async () => {
    const { owner, uuid, update } = await shareWithFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    expect((await openShare(uuid, withCookie(cookie))).status).toBe(200)
    await update(changes)
    expectShareRefusal(await openShare(uuid), 404, inactiveShareInfo)
    expectShareRefusal(await openShare(uuid, withCookie(cookie)), 404, inactiveShareInfo)
    expectShareRefusal(await openShare(uuid, { headers: basicAuth('secret') }), 404, inactiveShareInfo)
    const unlocking = await request('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'secret' })
    expectShareRefusal(unlocking, 404, inactiveShareInfo)
    expectShareRefusal(await openAs(owner, uuid), 404, inactiveShareInfo)
  })

  it('revokes its file links, but not those of the owner', async () => {
    const { uuid, ownLink, update } = await shareWithFile()
    const link = await fileLinkIn(openShare(uuid))
    await expectValid(link)
    await update(changes)
    await expectRevoked(link)
    await expectValid(ownLink)
  })

  it('opens again once restored, but its old file links stay revoked', async () => {
    const { uuid, ownLink, update } = await shareWithFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    const link = await fileLinkIn(openShare(uuid, withCookie(cookie)))
    await update(changes)
    await update(undo)
    expectShareRefusal(await openShare(uuid), 401, activeShareInfo('password'))
    await expectValid(await fileLinkIn(openShare(uuid, withCookie(cookie))))
    await expectRevoked(link)
    await expectValid(ownLink)
  })
})

describe('a share that expires', () => {
  it('rejects everyone and revokes its file links, but not those of the owner', async () => {
    const { owner, uuid, ownLink } = await shareWithFile({ password: 'secret', expires_at: '2099-01-01T00:00:00Z' })
    const cookie = await unlock(uuid, 'secret')
    const link = await fileLinkIn(openShare(uuid, withCookie(cookie)))
    await expectValid(link)
    await db.update(shares).set({ expires_at: sql`now()` }).where(eq(shares.uuid, uuid))
    expectShareRefusal(await openShare(uuid, withCookie(cookie)), 404, inactiveShareInfo)
    expectShareRefusal(await openAs(owner, uuid), 404, inactiveShareInfo)
    await expectRevoked(link)
    await expectValid(ownLink)
  })

  it('opens again with a later expiry, but its old file links stay revoked', async () => {
    const { uuid, update } = await shareWithFile({ expires_at: '2099-01-01T00:00:00Z' })
    const link = await fileLinkIn(openShare(uuid))
    await db.update(shares).set({ expires_at: sql`now() - interval '1 second'` }).where(eq(shares.uuid, uuid))
    await update({ expires_at: '2099-01-01T00:00:00Z' })
    await expectValid(await fileLinkIn(openShare(uuid)))
    await expectRevoked(link)
  })
})

describe('the password of a share', () => {
  it('revokes open access and its file links when set', async () => {
    const { uuid, ownLink, update } = await shareWithFile()
    const link = await fileLinkIn(openShare(uuid))
    await update({ password: 'secret' })
    expectShareRefusal(await openShare(uuid), 401, activeShareInfo('password'))
    await expectRevoked(link)
    await expectValid(ownLink)
    await expectValid(await fileLinkIn(openShare(uuid, { headers: basicAuth('secret') })))
  })

  it('revokes unlock cookies and file links when replaced', async () => {
    const { uuid, ownLink, update } = await shareWithFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    const linkByCookie = await fileLinkIn(openShare(uuid, withCookie(cookie)))
    const linkByPassword = await fileLinkIn(openShare(uuid, { headers: basicAuth('secret') }))
    await update({ password: 'other' })
    expectShareRefusal(await openShare(uuid, withCookie(cookie)), 401, activeShareInfo('password'))
    expectShareRefusal(await openShare(uuid, { headers: basicAuth('secret') }), 401, activeShareInfo('password'))
    for (const link of [linkByCookie, linkByPassword]) await expectRevoked(link)
    await expectValid(ownLink)
    await expectValid(await fileLinkIn(openShare(uuid, { headers: basicAuth('other') })))
    await expectValid(await fileLinkIn(openShare(uuid, withCookie(await unlock(uuid, 'other')))))
  })

  it('opens the share when removed, and does not revive old cookies when set again', async () => {
    const { uuid, ownLink, update } = await shareWithFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    const link = await fileLinkIn(openShare(uuid, withCookie(cookie)))
    await update({ password: null })
    for (const options of [undefined, withCookie(cookie)]) {
      const opened = await openShare(uuid, options)
      expect([opened.status, opened.body.shareInfo]).toStrictEqual([200, activeShareInfo()])
    }
    await expectRevoked(link)
    await expectValid(ownLink)
    await update({ password: 'later' })
    expectShareRefusal(await openShare(uuid, withCookie(cookie)), 401, activeShareInfo('password'))
  })
})

describe('the whitelist of a share', () => {
  const twoUsers = () => Promise.all([signedInUser(), signedInUser()])
  const shareInfo = activeShareInfo('whitelist')

  it('revokes open access and its file links when set', async () => {
    const [bob, eve] = await twoUsers()
    const { uuid, ownLink, whitelist } = await shareWithFile()
    const link = await fileLinkIn(openAs(eve, uuid))
    await whitelist(bob.email)
    expectShareRefusal(await openAs(eve, uuid), 403, shareInfo)
    await expectRevoked(link)
    await expectValid(ownLink)
  })

  it('revokes access only for the removed user', async () => {
    const [bob, eve] = await twoUsers()
    const { uuid, ownLink, entries, remove } = await shareWithFile({ emails: [bob.email, eve.email] })
    const link = await fileLinkIn(openAs(bob, uuid))
    await remove(bob)
    expectShareRefusal(await openAs(bob, uuid), 403, shareInfo)
    await expectRevoked(link)
    await expectValid(ownLink)
    await expectValid(await fileLinkIn(openAs(eve, uuid)))
    expect((await entries()).map(({ email }) => email)).toStrictEqual([eve.email])
  })

  it('revokes access for the removed user despite an unlock cookie', async () => {
    const [bob, eve] = await twoUsers()
    const { uuid, remove } = await shareWithFile({ emails: [bob.email, eve.email], password: 'secret' })
    const cookie = await unlock(uuid, 'secret', bob.send)
    await expectValid(await fileLinkIn(openAs(bob, uuid, cookie)))
    await remove(bob)
    expectShareRefusal(await openAs(bob, uuid, cookie), 403, activeShareInfo('password', 'whitelist'))
  })

  it('keeps its entries when they are deleted through another share', async () => {
    const [bob] = await twoUsers()
    const [one, other] = [await shareWithFile({ emails: [bob.email] }), await shareWithFile({ emails: [bob.email] })]
    const entry = (await one.entries())[0]!
    const link = await fileLinkIn(openAs(bob, other.uuid))
    const wrongPath = `${other.path}/whitelist-entries/${entry.id}`
    expectError(await other.owner.send('DELETE', wrongPath), 404, 'Whitelist entry not found')
    expect(await one.entries()).toStrictEqual([entry])
    await expectValid(link)
  })

  it('opens the share when removed, and does not restore its entries when set again', async () => {
    const [bob, eve] = await twoUsers()
    const { uuid, ownLink, update, whitelist, entries } = await shareWithFile({ emails: [bob.email] })
    const link = await fileLinkIn(openAs(bob, uuid))
    await update({ has_whitelist: false })
    const opened = await openShare(uuid)
    expect([opened.status, opened.body.shareInfo]).toStrictEqual([200, activeShareInfo()])
    await expectRevoked(link)
    await expectValid(ownLink)
    expect(await entries()).toStrictEqual([])
    await whitelist(eve.email)
    expectShareRefusal(await openAs(bob, uuid), 403, shareInfo)
    expectShareRefusal(await openShare(uuid), 401, shareInfo)
    expect((await openAs(eve, uuid)).status).toBe(200)
  })

  it.each<[string, (bob: TestUser, remove: (person: TestUser) => Promise<void>) => Promise<unknown>]>([
    ['is removed', (bob, remove) => remove(bob)],
    ['deletes their account', async bob => expectJson(await bob.send('DELETE', `/api/users/${bob.id}`), 200, true)],
  ])('admits only the owner after the last user %s', async (_, empty) => {
    const [bob, eve] = await twoUsers()
    const { owner, uuid, path, ownLink, entries, remove } = await shareWithFile({ emails: [bob.email] })
    const link = await fileLinkIn(openAs(bob, uuid))
    await empty(bob, remove)
    expect(await entries()).toStrictEqual([])
    expect((await owner.get(path)).body.share.has_whitelist).toBe(true)
    expectShareRefusal(await openShare(uuid), 401, shareInfo)
    expectShareRefusal(await openAs(eve, uuid), 403, shareInfo)
    expect([401, 403]).toContain((await openAs(bob, uuid)).status)
    expect((await openAs(owner, uuid)).status).toBe(200)
    await expectRevoked(link)
    await expectValid(ownLink)
  })

  it('does not admit a new account with the address of a deleted one', async () => {
    const [bob] = await twoUsers()
    const { uuid } = await shareWithFile({ emails: [bob.email] })
    await bob.send('DELETE', `/api/users/${bob.id}`)
    const response = await request('POST', '/api/auth/sign-up', { email: bob.email, password: validPassword })
    const cookie = response.headers.get('set-cookie')!.split(';')[0]!
    expectShareRefusal(await openShare(uuid, withCookie(cookie)), 403, shareInfo)
  })
})

it('revokes the file links of a deleted share, even when the chat is shared again', async () => {
  const { owner, chat, uuid, path, ownLink } = await shareWithFile()
  const link = await fileLinkIn(openShare(uuid))
  await owner.send('DELETE', path)
  await expectRevoked(link)
  await createShare(owner, chat)
  await expectRevoked(link)
  await expectValid(ownLink)
})
