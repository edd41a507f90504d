import { describe, expect, it } from 'vitest'
import { aTime, blamed, errorBody, invalidBody } from '../../support/expect.ts'
import { anEmail, chatOf, openShare, shareOf, signedInUser, type Person } from '../../support/world.ts'
import type { Json } from '../../support/http.ts'

const addresses = (length: number) => Array.from({ length }, anEmail)
const listed = (answer: { body: Json }): string[] => answer.body.shareWhitelistEntries.map(({ email }: { email: string }) => email)
const statusFor = async (person: Person, uuid: string) => (await person.get(`/api/shared/chats/${uuid}`)).status

async function someoneWithShare(fields: object = {}) {
  const [ada, bob, eve] = [await signedInUser(), await signedInUser(), await signedInUser()]
  const chat = await chatOf(ada)
  const share = await shareOf(ada, chat, fields)
  const shares = `/api/users/${ada.id}/chats/${chat.id}/shares`
  const path = `${shares}/${share.id}/whitelist-entries`
  return { ada, bob, eve, chat, share, shares, path, add: (emails: unknown) => ada.post(path, { emails }), read: () => ada.get(path) }
}

describe('a whitelist', () => {
  it('is empty at first, and the share has none', async () => {
    const { ada, read, shares } = await someoneWithShare()
    const { status, body } = await read()
    expect([status, body]).toStrictEqual([200, { shareWhitelistEntries: [] }])
    expect((await ada.get(shares)).body.share.has_whitelist).toBe(false)
  })

  it('is answered with 201 and all fields of its entries, and no other', async () => {
    const { bob, share, add, read } = await someoneWithShare()
    const { status, body } = await add([bob.email])
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      shareWhitelistEntries: [{
        id: expect.any(Number),
        chat_conversation_share_id: share.id,
        whitelisted_neptun_user_id: bob.id,
        email: bob.email,
        created_at: aTime,
        updated_at: aTime,
      }],
    })
    expect((await read()).body).toStrictEqual(body)
  })

  it('lets in who is on it from the next request on, and nobody else', async () => {
    const { ada, bob, eve, share, add } = await someoneWithShare()
    expect(await statusFor(eve, share.uuid)).toBe(200)
    await add([bob.email])
    expect(await statusFor(bob, share.uuid)).toBe(200)
    expect(await statusFor(eve, share.uuid)).toBe(403)
    expect((await openShare(share.uuid)).status).toBe(401)
    expect(await statusFor(ada, share.uuid)).toBe(200)
  })

  it('has one entry for an address that is given twice, in another case, or again', async () => {
    const { bob, add, read } = await someoneWithShare()
    expect(listed(await add([bob.email, bob.email, ` ${bob.email.toUpperCase()} `]))).toStrictEqual([bob.email])
    expect(listed(await add([bob.email.toUpperCase()]))).toStrictEqual([bob.email])
    expect(listed(await read())).toStrictEqual([bob.email])
  })

  it('grows with each request, and is answered as a whole', async () => {
    const { bob, eve, add } = await someoneWithShare()
    await add([bob.email])
    expect(listed(await add([eve.email]))).toStrictEqual([bob.email, eve.email])
  })

  it('passes over addresses that nobody has, but is one from then on', async () => {
    const { ada, bob, share, shares, add } = await someoneWithShare()
    const { status, body } = await add([anEmail()])
    expect([status, body]).toStrictEqual([201, { shareWhitelistEntries: [] }])
    expect((await ada.get(shares)).body.share.has_whitelist).toBe(true)
    expect(await statusFor(bob, share.uuid)).toBe(403)
    expect(await statusFor(ada, share.uuid)).toBe(200)
  })

  it('may come with the share', async () => {
    const [bob, eve] = [await signedInUser(), await signedInUser()]
    const { share, read } = await someoneWithShare({ emails: [anEmail(), bob.email.toUpperCase()] })
    expect(share.has_whitelist).toBe(true)
    expect(listed(await read())).toStrictEqual([bob.email])
    expect([await statusFor(bob, share.uuid), await statusFor(eve, share.uuid)]).toStrictEqual([200, 403])
  })

  it('may come with the share and hold nobody who is known', async () => {
    const { bob, share, read } = await someoneWithShare({ emails: [anEmail()] })
    expect(share.has_whitelist).toBe(true)
    expect(listed(await read())).toStrictEqual([])
    expect(await statusFor(bob, share.uuid)).toBe(403)
  })

  it('takes 1,000 addresses at a time', async () => {
    const { bob, add } = await someoneWithShare()
    expect(listed(await add([...addresses(999), bob.email]))).toStrictEqual([bob.email])
  })

  it('counts doubles once', async () => {
    const { bob, add } = await someoneWithShare()
    const emails = [...addresses(999), bob.email]
    expect(listed(await add([...emails, ...emails, bob.email.toUpperCase()]))).toStrictEqual([bob.email])
  })

  it('takes twenty requests at once', async () => {
    const { bob, eve, add, read } = await someoneWithShare()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => add([i % 2 ? bob.email : eve.email])))
    expect(new Set(answers.map(({ status }) => status))).toStrictEqual(new Set([201]))
    expect(listed(await read()).sort()).toStrictEqual([bob.email, eve.email].sort())
  })

  it.each([
    ['1,001 addresses', () => addresses(1001)],
    ['no addresses', () => []],
    ['nothing', () => undefined],
    ['an address without @', () => [anEmail(), 'ada.example.com']],
    ['an address of 255 characters', () => [`${'a'.repeat(243)}@example.com`]],
    ['an address with a NUL', () => ['a\0@example.com']],
    ['an address that is null', () => [null]],
    ['a text', () => anEmail()],
  ])('refuses %s, and stays as it was', async (_, emails) => {
    const { ada, shares, add } = await someoneWithShare()
    const answer = await add(emails())
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(emails)'))
    expect(blamed(answer)).toStrictEqual(['emails'])
    expect((await ada.get(shares)).body.share.has_whitelist).toBe(false)
  })

  it('is read and written by the owner of the share alone, and through its chat', async () => {
    const { ada, bob, eve, share, path, add } = await someoneWithShare()
    const [others, other] = [await chatOf(eve), await chatOf(ada)]
    await add([bob.email])
    const refusals = [
      [eve, path, 'User not found'],
      [eve, path.replace(`users/${ada.id}`, `users/${eve.id}`), 'Chat not found'],
      [eve, `/api/users/${eve.id}/chats/${others.id}/shares/${share.id}/whitelist-entries`, 'Share not found'],
      [ada, `/api/users/${ada.id}/chats/${other.id}/shares/${share.id}/whitelist-entries`, 'Share not found'],
    ] as const
    for (const [person, path, message] of refusals) {
      for (const answer of [await person.get(path), await person.post(path, { emails: [eve.email] })]) {
        expect(answer.status).toBe(404)
        expect(answer.body).toStrictEqual(errorBody(404, message))
      }
    }
    expect(await statusFor(eve, share.uuid)).toBe(403)
  })
})
