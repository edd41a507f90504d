import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { shares } from '#db/schema/shares'
import { expectError, expectJson } from '../../support/expect.ts'
import { request, type Answer, type Json } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { active, expectRefusal, inactive, sharedChat } from '../../support/shares.ts'
import { lookInside } from '../../support/sql.ts'
import { aPassword, basic, messagesIn, openShare, shareOf, signedInUser, type Person } from '../../support/world.ts'

const db = lookInside()

/** A shared chat with a file, and what its owner may do to its share. */
async function sharedFile(fields: object = {}) {
  const { owner, chat, id, uuid, whitelist } = await sharedChat(fields)
  await messagesIn(owner, chat, { message: 'Look', files: [{ title: 'a.txt', text: 'Hello' }] })
  const path = `/api/users/${owner.id}/chats/${chat.id}/shares/${id}`
  const [{ url: ownLink }] = (await owner.get(`/api/users/${owner.id}/chats/${chat.id}/files`)).body.chatFiles
  const change = async (changes: object) => expect((await owner.send('PATCH', path, changes)).status).toBe(200)
  const entries = async (): Promise<Json[]> => (await owner.get(`${path}/whitelist-entries`)).body.shareWhitelistEntries
  const remove = async ({ id: userId }: Person) => {
    const entry = (await entries()).find(entry => entry.whitelisted_neptun_user_id === userId)
    expectJson(await owner.send('DELETE', `${path}/whitelist-entries/${entry.id}`), 200, true)
  }
  return { owner, chat, uuid, path, ownLink: ownLink as string, whitelist, change, entries, remove }
}

/** The link to the file that an opened share gives out. */
async function linkIn(opened: Promise<Answer>): Promise<string> {
  const { status, body } = await opened
  expect(status).toBe(200)
  return body.chatMessages.at(-1).files[0].url
}

const withCookie = (cookie: string) => ({ headers: { cookie } })
const openAs = (person: Person, uuid: string, cookie = '') =>
  openShare(uuid, withCookie(`neptun-session=${person.session}; ${cookie}`))

async function unlock(uuid: string, password: string, send: Person['send'] = request): Promise<string> {
  const { status, headers } = await send('POST', `/api/shared/chats/${uuid}/unlock`, { password })
  expect(status).toBe(200)
  return headers.get('set-cookie')!.split(';')[0]!
}

const expectGood = async (link: string) => expect((await follow(link)).text).toBe('Hello')
const expectDead = async (link: string) => expectError(await follow(link), 403, 'This link is not valid, or not any more.')

describe.each<[string, object, object]>([
  ['is switched off', { is_shared: false }, { is_shared: true }],
  ['gets an expiry in the past', { expires_at: '2020-01-01T00:00:00Z' }, { expires_at: null }],
])('a share that %s', (_, changes, undo) => {
  it('is gone for everybody from the next request on, whatever they come with', async () => {
    const { owner, uuid, change } = await sharedFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    expect((await openShare(uuid, withCookie(cookie))).status).toBe(200)
    await change(changes)
    expectRefusal(await openShare(uuid), 404, inactive)
    expectRefusal(await openShare(uuid, withCookie(cookie)), 404, inactive)
    expectRefusal(await openShare(uuid, { headers: basic('secret') }), 404, inactive)
    expectRefusal(await request('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'secret' }), 404, inactive)
    expectRefusal(await openAs(owner, uuid), 404, inactive)
  })

  it('ends the file links that it gave out, and those of the owner go on', async () => {
    const { uuid, ownLink, change } = await sharedFile()
    const link = await linkIn(openShare(uuid))
    await expectGood(link)
    await change(changes)
    await expectDead(link)
    await expectGood(ownLink)
  })

  it('opens again when that is undone, but its old file links do not', async () => {
    const { uuid, ownLink, change } = await sharedFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    const link = await linkIn(openShare(uuid, withCookie(cookie)))
    await change(changes)
    await change(undo)
    expectRefusal(await openShare(uuid), 401, active('password'))
    await expectGood(await linkIn(openShare(uuid, withCookie(cookie))))
    await expectDead(link)
    await expectGood(ownLink)
  })
})

describe('a share whose time passes', () => {
  it('is gone, and so are its file links, but not those of the owner', async () => {
    const { owner, uuid, ownLink } = await sharedFile({ password: 'secret', expires_at: '2099-01-01T00:00:00Z' })
    const cookie = await unlock(uuid, 'secret')
    const link = await linkIn(openShare(uuid, withCookie(cookie)))
    await expectGood(link)
    await db.update(shares).set({ expires_at: sql`now()` }).where(eq(shares.uuid, uuid))
    expectRefusal(await openShare(uuid, withCookie(cookie)), 404, inactive)
    expectRefusal(await openAs(owner, uuid), 404, inactive)
    await expectDead(link)
    await expectGood(ownLink)
  })

  it('opens again with a later one, but its old file links do not', async () => {
    const { uuid, change } = await sharedFile({ expires_at: '2099-01-01T00:00:00Z' })
    const link = await linkIn(openShare(uuid))
    await db.update(shares).set({ expires_at: sql`now() - interval '1 second'` }).where(eq(shares.uuid, uuid))
    await change({ expires_at: '2099-01-01T00:00:00Z' })
    await expectGood(await linkIn(openShare(uuid)))
    await expectDead(link)
  })
})

describe('the password of a share', () => {
  it('ends open access and open file links when it is set', async () => {
    const { uuid, ownLink, change } = await sharedFile()
    const link = await linkIn(openShare(uuid))
    await change({ password: 'secret' })
    expectRefusal(await openShare(uuid), 401, active('password'))
    await expectDead(link)
    await expectGood(ownLink)
    await expectGood(await linkIn(openShare(uuid, { headers: basic('secret') })))
  })

  it('ends what the old one opened when it is changed', async () => {
    const { uuid, ownLink, change } = await sharedFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    const links = [await linkIn(openShare(uuid, withCookie(cookie))), await linkIn(openShare(uuid, { headers: basic('secret') }))]
    await change({ password: 'other' })
    expectRefusal(await openShare(uuid, withCookie(cookie)), 401, active('password'))
    expectRefusal(await openShare(uuid, { headers: basic('secret') }), 401, active('password'))
    for (const link of links) await expectDead(link)
    await expectGood(ownLink)
    await expectGood(await linkIn(openShare(uuid, { headers: basic('other') })))
    await expectGood(await linkIn(openShare(uuid, withCookie(await unlock(uuid, 'other')))))
  })

  it('is not asked for any more when it is removed, and an old cookie opens none that comes later', async () => {
    const { uuid, ownLink, change } = await sharedFile({ password: 'secret' })
    const cookie = await unlock(uuid, 'secret')
    const link = await linkIn(openShare(uuid, withCookie(cookie)))
    await change({ password: null })
    for (const options of [undefined, withCookie(cookie)]) {
      const opened = await openShare(uuid, options)
      expect([opened.status, opened.body.shareInfo]).toStrictEqual([200, active()])
    }
    await expectDead(link)
    await expectGood(ownLink)
    await change({ password: 'later' })
    expectRefusal(await openShare(uuid, withCookie(cookie)), 401, active('password'))
  })
})

describe('the whitelist of a share', () => {
  const people = () => Promise.all([signedInUser(), signedInUser()])
  const info = active('whitelist')

  it('ends open access and open file links when it is set', async () => {
    const [bob, eve] = await people()
    const { uuid, ownLink, whitelist } = await sharedFile()
    const link = await linkIn(openAs(eve, uuid))
    await whitelist(bob.email)
    expectRefusal(await openAs(eve, uuid), 403, info)
    await expectDead(link)
    await expectGood(ownLink)
  })

  it('shuts out who is taken off it, and nobody else', async () => {
    const [bob, eve] = await people()
    const { uuid, ownLink, entries, remove } = await sharedFile({ emails: [bob.email, eve.email] })
    const link = await linkIn(openAs(bob, uuid))
    await remove(bob)
    expectRefusal(await openAs(bob, uuid), 403, info)
    await expectDead(link)
    await expectGood(ownLink)
    await expectGood(await linkIn(openAs(eve, uuid)))
    expect((await entries()).map(({ email }) => email)).toStrictEqual([eve.email])
  })

  it('shuts out who is taken off it also with an unlock cookie', async () => {
    const [bob, eve] = await people()
    const { uuid, remove } = await sharedFile({ emails: [bob.email, eve.email], password: 'secret' })
    const cookie = await unlock(uuid, 'secret', bob.send)
    await expectGood(await linkIn(openAs(bob, uuid, cookie)))
    await remove(bob)
    expectRefusal(await openAs(bob, uuid, cookie), 403, active('password', 'whitelist'))
  })

  it('loses no entry through another share, whose links go on', async () => {
    const [bob] = await people()
    const [one, other] = [await sharedFile({ emails: [bob.email] }), await sharedFile({ emails: [bob.email] })]
    const [entry] = await one.entries()
    const link = await linkIn(openAs(bob, other.uuid))
    expectError(await other.owner.send('DELETE', `${other.path}/whitelist-entries/${entry.id}`), 404, 'Whitelist entry not found')
    expect(await one.entries()).toStrictEqual([entry])
    await expectGood(link)
  })

  it('lets everybody in once it is lifted, and a new one does not bring the old people back', async () => {
    const [bob, eve] = await people()
    const { uuid, ownLink, change, whitelist, entries } = await sharedFile({ emails: [bob.email] })
    const link = await linkIn(openAs(bob, uuid))
    await change({ has_whitelist: false })
    const opened = await openShare(uuid)
    expect([opened.status, opened.body.shareInfo]).toStrictEqual([200, active()])
    await expectDead(link)
    await expectGood(ownLink)
    expect(await entries()).toStrictEqual([])
    await whitelist(eve.email)
    expectRefusal(await openAs(bob, uuid), 403, info)
    expectRefusal(await openShare(uuid), 401, info)
    expect((await openAs(eve, uuid)).status).toBe(200)
  })

  it.each<[string, (bob: Person, remove: (person: Person) => Promise<void>) => Promise<unknown>]>([
    ['is taken off it', (bob, remove) => remove(bob)],
    ['deletes the account', async bob => expectJson(await bob.send('DELETE', `/api/users/${bob.id}`), 200, true)],
  ])('lets in the owner alone when the last one %s', async (_, empty) => {
    const [bob, eve] = await people()
    const { owner, uuid, path, ownLink, entries, remove } = await sharedFile({ emails: [bob.email] })
    const link = await linkIn(openAs(bob, uuid))
    await empty(bob, remove)
    expect(await entries()).toStrictEqual([])
    expect((await owner.get(path)).body.share.has_whitelist).toBe(true)
    expectRefusal(await openShare(uuid), 401, info)
    expectRefusal(await openAs(eve, uuid), 403, info)
    expect([401, 403]).toContain((await openAs(bob, uuid)).status)
    expect((await openAs(owner, uuid)).status).toBe(200)
    await expectDead(link)
    await expectGood(ownLink)
  })

  it('does not know an address again whose account is a new one', async () => {
    const [bob] = await people()
    const { uuid } = await sharedFile({ emails: [bob.email] })
    await bob.send('DELETE', `/api/users/${bob.id}`)
    const answer = await request('POST', '/api/auth/sign-up', { email: bob.email, password: aPassword })
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    expectRefusal(await openShare(uuid, withCookie(cookie)), 403, info)
  })
})

it('a deleted share ends the file links that it gave out, and a new one of the chat does not revive them', async () => {
  const { owner, chat, uuid, path, ownLink } = await sharedFile()
  const link = await linkIn(openShare(uuid))
  await owner.send('DELETE', path)
  await expectDead(link)
  await shareOf(owner, chat)
  await expectDead(link)
  await expectGood(ownLink)
})
