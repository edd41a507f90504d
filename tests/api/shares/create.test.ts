import { describe, expect, it } from 'vitest'
import { anyTimestamp, errorBody, issueFields, validationErrorBody } from '../../support/expect.ts'
import { basicAuth, createChat, createShare, openShare, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'

const validationError = 'Invalid body(is_shared, is_protected, password, hashed_password, expires_at, emails)'
const aUuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)

async function userWithChat() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const path = `/api/users/${owner.id}/chats/${chat.id}/shares` as const
  return { owner, chat, path, create: (body?: unknown) => owner.post(path, body), read: () => owner.get(path) }
}

describe('POST /api/users/[user_id]/chats/[chat_id]/shares', () => {
  it('returns 201 with exactly the documented fields', async () => {
    const { chat, create } = await userWithChat()
    const { status, body } = await create({})
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      share: {
        id: expect.any(Number),
        chat_conversation_id: chat.id,
        uuid: aUuid,
        share_uuid: body.share.uuid,
        is_shared: true,
        is_protected: false,
        has_whitelist: false,
        expires_at: null,
        url: expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/api/shared/chats/${body.share.uuid}$`)),
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      },
    })
  })

  it('accepts a request without a body', async () => {
    const { create } = await userWithChat()
    const { status, body } = await create()
    expect([status, body.share.is_shared]).toStrictEqual([201, true])
  })

  it('returns a url that opens the chat', async () => {
    const { chat, create } = await userWithChat()
    const { url } = (await create()).body.share
    const response = await follow<'openSharedChat'>(url)
    expect([response.status, response.body.chat.name]).toStrictEqual([200, chat.name])
  })

  it('creates an inactive share with is_shared: false', async () => {
    const { create } = await userWithChat()
    const { uuid, is_shared } = (await create({ is_shared: false })).body.share
    expect([is_shared, (await openShare(uuid)).status]).toStrictEqual([false, 404])
  })

  it('returns 409 when the chat already has a share', async () => {
    const { create, read } = await userWithChat()
    const { uuid } = (await create()).body.share
    const { status, body } = await create({ password: 'another' })
    expect(status).toBe(409)
    expect(body).toStrictEqual(errorBody(409, 'This chat already has a share.'))
    expect((await read()).body!.share).toMatchObject({ uuid, is_protected: false })
  })

  it('creates one share from ten concurrent requests', async () => {
    const { create, read } = await userWithChat()
    const responses = await Promise.all(Array.from({ length: 10 }, () => create({})))
    expect(responses.map(({ status }) => status).sort()).toStrictEqual([201, ...Array<number>(9).fill(409)])
    expect((await read()).body!.share).toStrictEqual(responses.find(({ status }) => status === 201)!.body.share)
  })

  it.each([
    ['is_shared', 'yes'], ['is_shared', null], ['is_protected', 1], ['is_protected', null],
    ['password', ''], ['password', 7], ['password', 'a'.repeat(129)], ['password', '\0'], ['password', '\ud83d'],
    ['expires_at', 'tomorrow'], ['expires_at', ''], ['expires_at', 4070908800], ['expires_at', '2099-01-01'],
    ['expires_at', '2099-01-01T00:00:00'], ['expires_at', '2099-02-30T00:00:00Z'],
    ['expires_at', '2099-01-01T25:00:00Z'], ['expires_at', '2099-01-01 00:00:00Z'],
    ['expires_at', '+275760-09-13T00:00:00Z'], ['expires_at', '0000-01-01T00:00:00Z'],
    ['emails', []], ['emails', null], ['emails', 'ada@example.com'], ['emails', ['ada']], ['emails', [null]],
    ['emails', ['\u212Aate@example.com']],
  ])('rejects %s: %j and names the invalid field', async (field, value) => {
    const { create, read } = await userWithChat()
    const response = await create({ [field]: value })
    expect(response.status).toBe(400)
    expect(response.body).toStrictEqual(validationErrorBody(validationError))
    expect(issueFields(response)).toStrictEqual([field])
    expect((await read()).body).toBeNull()
  })

  it('answers foreign and missing chats identically, as GET does', async () => {
    const { owner, chat, path, create } = await userWithChat()
    await create()
    const eve = await signedInUser()
    const foreignPath = path.replace(`users/${owner.id}`, `users/${eve.id}`)
    const missingPath = `/api/users/${eve.id}/chats/${chat.id}999/shares`
    for (const send of [eve.get, eve.post]) {
      expect((await send(path)).body).toStrictEqual(errorBody(404, 'User not found'))
      expect((await send(foreignPath)).body).toStrictEqual(errorBody(404, 'Chat not found'))
      expect((await send(missingPath)).body).toStrictEqual(errorBody(404, 'Chat not found'))
    }
  })
})

describe('the password of a share', () => {
  it.each([
    ['on its own', {}],
    ['with is_protected: true', { is_protected: true }],
    ['with is_protected: false', { is_protected: false }],
  ])('protects the share %s', async (_, fields) => {
    const { create } = await userWithChat()
    const created = (await create({ password: 'open sesame', ...fields })).body.share
    expect(created.is_protected).toBe(true)
    expect((await openShare(created.uuid)).status).toBe(401)
    expect((await openShare(created.uuid, { headers: basicAuth('open sesame') })).status).toBe(200)
  })

  it.each([
    ['a letter', 'a'], ['a space', ' '], ['128 letters', 'a'.repeat(128)], ['128 emoji', '🗝'.repeat(128)],
  ])('may be %s', async (_, password) => {
    const owner = await signedInUser()
    const { uuid } = await createShare(owner, await createChat(owner), { password })
    expect((await openShare(uuid, { headers: basicAuth(password) })).status).toBe(200)
    expect((await openShare(uuid, { headers: basicAuth(`${password} `) })).status).toBe(401)
  })

  it.each(['password', 'hashed_password'])('appears in no response, and neither does its hash: %s', async (field) => {
    const { create, read } = await userWithChat()
    const created = await create({ [field]: 'open sesame' })
    for (const { text } of [created, await read()]) expect(text).not.toMatch(/sesame|\$2b|hash|version/)
  })

  it.each([
    ['hashed_password', { hashed_password: 'open sesame' }],
    ['hashed_password, with is_protected: true', { hashed_password: 'open sesame', is_protected: true }],
    ['hashed_password, with is_protected: false', { hashed_password: 'open sesame', is_protected: false }],
    ['both names, if they are equal', { hashed_password: 'open sesame', password: 'open sesame' }],
  ])('can be given as %s', async (_, fields) => {
    const { create } = await userWithChat()
    const created = (await create(fields)).body.share
    expect(created).toMatchObject({ is_protected: true, has_whitelist: false })
    expect((await openShare(created.uuid)).status).toBe(401)
    expect((await openShare(created.uuid, { headers: basicAuth('open sesame') })).status).toBe(200)
  })

  it.each([
    [{ password: 'a', hashed_password: 'b' }, 'password'], [{ password: 'a', hashed_password: null }, 'password'],
    [{ password: null, hashed_password: 'a' }, 'password'], [{ password: 'a', hashed_password: '' }, 'password'],
    [{ hashed_password: 7 }, 'hashed_password'], [{ hashed_password: ['a'] }, 'hashed_password'],
    [{ hashed_password: 'a'.repeat(129) }, 'hashed_password'], [{ hashed_password: 'a\0' }, 'hashed_password'],
  ])('creates no share if it is invalid: %j', async (fields, invalid) => {
    const { create, read } = await userWithChat()
    const response = await create({ is_protected: true, ...fields })
    expect(response.body).toStrictEqual(validationErrorBody(validationError))
    expect(issueFields(response)).toStrictEqual([invalid])
    expect((await read()).body).toBeNull()
  })
})

describe('a share that is to be protected', () => {
  it.each([
    ['without a password', {}],
    ['with a password of null', { password: null }],
    ['with a hashed_password of null', { hashed_password: null }],
    ['with an empty hashed_password', { hashed_password: '' }],
  ])('opens for the owner alone: %s', async (_, fields) => {
    const [{ owner, create }, bob] = [await userWithChat(), await signedInUser()]
    const { status, body: { share } } = await create({ is_protected: true, ...fields })
    expect([status, share.is_protected, share.has_whitelist]).toStrictEqual([201, false, true])
    const opened = await openShare(share.uuid)
    expect(opened.status).toBe(401)
    expect(opened.error.data.shareInfo).toMatchObject({ shareIsPrivate: true, shareHasWhitelist: true })
    expect((await bob.get(`/api/shared/chats/${share.uuid}`)).status).toBe(403)
    expect((await owner.get(`/api/shared/chats/${share.uuid}`)).status).toBe(200)
  })

  it('opens for those who are then added to its whitelist', async () => {
    const [{ create, path, owner }, bob, eve] = [await userWithChat(), await signedInUser(), await signedInUser()]
    const { share } = (await create({ is_protected: true })).body
    await owner.post(`${path}/${share.id}/whitelist-entries`, [bob.email])
    expect((await bob.get(`/api/shared/chats/${share.uuid}`)).status).toBe(200)
    expect((await eve.get(`/api/shared/chats/${share.uuid}`)).status).toBe(403)
  })

  it('keeps the whitelist that it is created with', async () => {
    const [{ create }, bob] = [await userWithChat(), await signedInUser()]
    const { share } = (await create({ is_protected: true, emails: [bob.email] })).body
    expect((await bob.get(`/api/shared/chats/${share.uuid}`)).status).toBe(200)
    expect((await openShare(share.uuid)).status).toBe(401)
  })

  it.each([
    ['is_protected: false', { is_protected: false }],
    ['a password of null', { password: null }],
    ['an empty hashed_password, and is_protected: false', { hashed_password: '', is_protected: false }],
  ])('is another one than that with %s', async (_, fields) => {
    const { create } = await userWithChat()
    const { share } = (await create(fields)).body
    expect((await openShare(share.uuid)).status).toBe(200)
  })
})

describe('the expiry of a share', () => {
  it.each([
    ['2099-01-01T00:00:00Z', '2099-01-01T00:00:00.000Z'],
    ['2099-01-01T00:00:00+02:00', '2098-12-31T22:00:00.000Z'],
    ['2099-01-01T00:00:00-05:30', '2099-01-01T05:30:00.000Z'],
    ['2099-01-01T00:00:00.123456Z', '2099-01-01T00:00:00.123Z'],
    ['2099-01-01T00:00:00.999999+00:00', '2099-01-01T00:00:00.999Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    [null, null],
  ])('normalizes %s to %s', async (given, normalized) => {
    const { create, read } = await userWithChat()
    expect((await create({ expires_at: given })).body.share.expires_at).toBe(normalized)
    expect((await read()).body!.share.expires_at).toBe(normalized)
  })

  it('may lie in the past, which closes the share', async () => {
    const { create } = await userWithChat()
    const { uuid } = (await create({ expires_at: '2001-01-01T00:00:00Z' })).body.share
    expect((await openShare(uuid)).status).toBe(404)
  })
})
