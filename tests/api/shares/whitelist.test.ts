import { describe, expect, it } from 'vitest'
import { whitelistEntries } from '#db/schema/shares'
import { anyTimestamp, errorBody, issueFields, validationErrorBody } from '../../support/expect.ts'
import {
  createChat, createShare, missingId, openShare, signedInUser, uniqueEmail, type TestUser,
} from '../../support/factories.ts'
import type { ApiResponse } from '../../support/http.ts'
import type { OperationBody } from '../../support/response-types.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const addresses = (length: number) => Array.from({ length }, uniqueEmail)
const emailsIn = ({ body }: ApiResponse<OperationBody<'listWhitelistEntries'>>) =>
  body.shareWhitelistEntries.map(({ email }) => email)
const openStatus = async (person: TestUser, uuid: string) => (await person.get(`/api/shared/chats/${uuid}`)).status

async function userWithShare(fields: object = {}) {
  const [owner, bob, eve] = [await signedInUser(), await signedInUser(), await signedInUser()]
  const chat = await createChat(owner)
  const share = await createShare(owner, chat, fields)
  const sharesPath = `/api/users/${owner.id}/chats/${chat.id}/shares` as const
  const path = `${sharesPath}/${share.id}/whitelist-entries` as const
  const add = (emails: unknown) => owner.post(path, { emails })
  return { owner, bob, eve, chat, share, sharesPath, path, add, read: () => owner.get(path) }
}

describe('the whitelist of a share', () => {
  it('starts empty, with has_whitelist: false', async () => {
    const { owner, read, sharesPath } = await userWithShare()
    const { status, body } = await read()
    expect([status, body]).toStrictEqual([200, { shareWhitelistEntries: [] }])
    expect((await owner.get(sharesPath)).body!.share.has_whitelist).toBe(false)
  })

  it('returns 201 with exactly the documented fields', async () => {
    const { bob, share, add, read } = await userWithShare()
    const { status, body } = await add([bob.email])
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      shareWhitelistEntries: [{
        id: expect.any(Number),
        chat_conversation_share_id: share.id,
        whitelisted_neptun_user_id: bob.id,
        email: bob.email,
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      }],
    })
    expect((await read()).body).toStrictEqual(body)
  })

  it('omits an entry for an account that no longer exists', async () => {
    const { owner, bob, share, add, read } = await userWithShare()
    const { body } = await add([bob.email])
    await db.insert(whitelistEntries).values({
      neptun_user_id: owner.id, chat_conversation_share_id: share.id, whitelisted_neptun_user_id: missingId,
    })
    expect((await read()).body).toStrictEqual(body)
  })

  it('admits only listed users and the owner from the next request on', async () => {
    const { owner, bob, eve, share, add } = await userWithShare()
    expect(await openStatus(eve, share.uuid)).toBe(200)
    await add([bob.email])
    expect(await openStatus(bob, share.uuid)).toBe(200)
    expect(await openStatus(eve, share.uuid)).toBe(403)
    expect((await openShare(share.uuid)).status).toBe(401)
    expect(await openStatus(owner, share.uuid)).toBe(200)
  })

  it('keeps one entry per address, ignoring case and repetition', async () => {
    const { bob, add, read } = await userWithShare()
    expect(emailsIn(await add([bob.email, bob.email, ` ${bob.email.toUpperCase()} `]))).toStrictEqual([bob.email])
    expect(emailsIn(await add([bob.email.toUpperCase()]))).toStrictEqual([bob.email])
    expect(emailsIn(await read())).toStrictEqual([bob.email])
  })

  it('grows with each request and is returned in full', async () => {
    const { bob, eve, add } = await userWithShare()
    await add([bob.email])
    expect(emailsIn(await add([eve.email]))).toStrictEqual([bob.email, eve.email])
  })

  it('ignores unknown addresses but takes effect', async () => {
    const { owner, bob, share, sharesPath, add } = await userWithShare()
    const { status, body } = await add([uniqueEmail()])
    expect([status, body]).toStrictEqual([201, { shareWhitelistEntries: [] }])
    expect((await owner.get(sharesPath)).body!.share.has_whitelist).toBe(true)
    expect(await openStatus(bob, share.uuid)).toBe(403)
    expect(await openStatus(owner, share.uuid)).toBe(200)
  })

  it('can be created along with the share', async () => {
    const [bob, eve] = [await signedInUser(), await signedInUser()]
    const { share, read } = await userWithShare({ emails: [uniqueEmail(), bob.email.toUpperCase()] })
    expect(share.has_whitelist).toBe(true)
    expect(emailsIn(await read())).toStrictEqual([bob.email])
    expect([await openStatus(bob, share.uuid), await openStatus(eve, share.uuid)]).toStrictEqual([200, 403])
  })

  it('takes effect when created with unknown addresses only', async () => {
    const { bob, share, read } = await userWithShare({ emails: [uniqueEmail()] })
    expect(share.has_whitelist).toBe(true)
    expect(emailsIn(await read())).toStrictEqual([])
    expect(await openStatus(bob, share.uuid)).toBe(403)
  })

  it('accepts 1,000 addresses per request', async () => {
    const { bob, add } = await userWithShare()
    expect(emailsIn(await add([...addresses(999), bob.email]))).toStrictEqual([bob.email])
  })

  it('counts duplicates once', async () => {
    const { bob, add } = await userWithShare()
    const emails = [...addresses(999), bob.email]
    expect(emailsIn(await add([...emails, ...emails, bob.email.toUpperCase()]))).toStrictEqual([bob.email])
  })

  it('accepts twenty concurrent requests', async () => {
    const { bob, eve, add, read } = await userWithShare()
    const responses = await Promise.all(Array.from({ length: 20 }, (_, i) => add([i % 2 ? bob.email : eve.email])))
    expect(new Set(responses.map(({ status }) => status))).toStrictEqual(new Set([201]))
    expect(emailsIn(await read()).sort()).toStrictEqual([bob.email, eve.email].sort())
  })

  it.each([
    ['1,001 addresses', () => addresses(1001)],
    ['an empty list', () => []],
    ['a body without emails', () => undefined],
    ['an address without @', () => [uniqueEmail(), 'ada.example.com']],
    ['an address of 255 characters', () => [`${'a'.repeat(243)}@example.com`]],
    ['an address with a NUL character', () => ['a\0@example.com']],
    ['an address with a Kelvin sign', () => ['\u212Aate@example.com']],
    ['an address that differs from another by a Kelvin sign', () => ['kate@example.com', '\u212Aate@example.com']],
    ['a null address', () => [null]],
    ['a string', () => uniqueEmail()],
  ])('rejects %s and stays unset', async (_, emails) => {
    const { owner, sharesPath, add } = await userWithShare()
    const response = await add(emails())
    expect(response.status).toBe(400)
    expect(response.body).toStrictEqual(validationErrorBody('Invalid body(emails)'))
    expect(issueFields(response)).toStrictEqual(['emails'])
    expect((await owner.get(sharesPath)).body!.share.has_whitelist).toBe(false)
  })

  it('takes a list of addresses without an object around it', async () => {
    const { owner, bob, eve, share, path, read } = await userWithShare()
    const response = await owner.post(path, [bob.email.toUpperCase(), bob.email, uniqueEmail()])
    expect([response.status, emailsIn(response)]).toStrictEqual([201, [bob.email]])
    expect((await read()).body).toStrictEqual(response.body)
    expect([await openStatus(bob, share.uuid), await openStatus(eve, share.uuid)]).toStrictEqual([200, 403])
  })

  it.each<[string, unknown[], unknown[]]>([
    ['no addresses', [], []],
    ['1,001 addresses', addresses(1001), []],
    ['something else than an address', ['ada@example.com', 'ada'], ['1']],
    ['an object', [{ emails: ['ada@example.com'] }], ['0']],
  ])('rejects a list of %s, names its invalid part, and stays unset', async (_, list, path) => {
    const { owner, sharesPath, path: entries } = await userWithShare()
    const issues = [{ code: expect.any(String), path, message: expect.any(String) }]
    expect((await owner.post(entries, list)).body).toStrictEqual(validationErrorBody('Invalid body(emails)', issues))
    expect((await owner.get(sharesPath)).body!.share.has_whitelist).toBe(false)
  })

  it('can be read and changed only by the owner and through its own chat', async () => {
    const { owner, bob, eve, share, path, add } = await userWithShare()
    const [foreignChat, otherChat] = [await createChat(eve), await createChat(owner)]
    await add([bob.email])
    const refusals = [
      [eve, path, 'User not found'],
      [eve, path.replace(`users/${owner.id}`, `users/${eve.id}`), 'Chat not found'],
      [eve, `/api/users/${eve.id}/chats/${foreignChat.id}/shares/${share.id}/whitelist-entries`, 'Share not found'],
      [owner, `/api/users/${owner.id}/chats/${otherChat.id}/shares/${share.id}/whitelist-entries`, 'Share not found'],
    ] as const
    for (const [person, path, message] of refusals) {
      for (const response of [await person.get(path), await person.post(path, { emails: [eve.email] })]) {
        expect(response.status).toBe(404)
        expect(response.body).toStrictEqual(errorBody(404, message))
      }
    }
    expect(await openStatus(eve, share.uuid)).toBe(403)
  })
})
