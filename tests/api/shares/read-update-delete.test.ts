import { describe, expect, it } from 'vitest'
import { anyTimestamp, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import { basicAuth, createChat, createShare, openShare, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { createSharedChat, expectShareRefusal, missingShareInfo } from '../../support/shares.ts'

const validationError = 'Invalid body(is_shared, password, hashed_password, expires_at, has_whitelist)'

/** A shared chat with the path of its share and the requests of its owner. */
async function ownerWithShare(fields: object = {}) {
  const { owner, chat, id, uuid } = await createSharedChat(fields)
  const chatPath = `/api/users/${owner.id}/chats/${chat.id}` as const
  const path = `${chatPath}/shares/${id}` as const
  const read = () => owner.get(path)
  const share = (await read()).body.share
  const update = (body?: unknown) => owner.send('PATCH', path, body)
  return { owner, chat, uuid, share, chatPath, path, read, update }
}

/** The path of an existing share, but under another shared chat of the same owner. */
async function pathInOtherChat() {
  const { owner, chat, path, read, share } = await ownerWithShare()
  const other = await createChat(owner)
  await createShare(owner, other)
  return { owner, read, share, wrongPath: path.replace(`chats/${chat.id}`, `chats/${other.id}`) }
}

describe('GET /api/users/[user_id]/chats/[chat_id]/shares', () => {
  it('returns 200 with null for a chat without a share', async () => {
    const owner = await signedInUser()
    const chat = await createChat(owner)
    const { status, headers, text } = await owner.get(`/api/users/${owner.id}/chats/${chat.id}/shares`)
    expect([status, headers.get('content-type'), text]).toStrictEqual([200, 'application/json', 'null'])
  })

  it('returns the share as it was created, along with its uuid', async () => {
    const owner = await signedInUser()
    const chat = await createChat(owner)
    const created = await createShare(owner, chat, { password: 'open sesame', expires_at: '2099-01-01T00:00:00Z' })
    const { status, body } = await owner.get(`/api/users/${owner.id}/chats/${chat.id}/shares`)
    expect(status).toBe(200)
    expect(body).toStrictEqual({ uuid: created.uuid, share: created })
  })
})

describe('GET /api/users/[user_id]/chats/[chat_id]/shares/[share_id]', () => {
  it('returns exactly the documented fields', async () => {
    const { chat, uuid, share, read } = await ownerWithShare()
    expectJson(await read(), 200, {
      share: {
        id: share.id,
        chat_conversation_id: chat.id,
        uuid,
        share_uuid: uuid,
        is_shared: true,
        is_protected: false,
        has_whitelist: false,
        expires_at: null,
        url: expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/api/shared/chats/${uuid}$`)),
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      },
    })
  })

  it('returns the same share as the chat does', async () => {
    const fields = { password: 'secret', expires_at: '2099-01-01T00:00:00Z' }
    const { owner, chatPath, uuid, read } = await ownerWithShare(fields)
    const { share } = (await read()).body
    expect((await owner.get(`${chatPath}/shares`)).body).toStrictEqual({ uuid, share })
    expect(share).toMatchObject({ is_protected: true, expires_at: '2099-01-01T00:00:00.000Z' })
  })

  it('does not find the share of another chat', async () => {
    const { owner, wrongPath } = await pathInOtherChat()
    expectError(await owner.get(wrongPath), 404, 'Share not found')
  })

  it('does not find a share in a chat without one', async () => {
    const { owner, chat, path } = await ownerWithShare()
    const other = await createChat(owner)
    expectError(await owner.get(path.replace(`chats/${chat.id}`, `chats/${other.id}`)), 404, 'Share not found')
  })
})

describe('PATCH /api/users/[user_id]/chats/[chat_id]/shares/[share_id]', () => {
  it.each<[string, object, object, object]>([
    ['deactivates the share', {}, { is_shared: false }, { is_shared: false }],
    ['activates the share', { is_shared: false }, { is_shared: true }, { is_shared: true }],
    ['sets a password', {}, { password: 'secret' }, { is_protected: true }],
    ['sets a hashed_password', {}, { hashed_password: 'secret' }, { is_protected: true }],
    ['removes the password by its other name', { password: 'secret' }, { hashed_password: null },
      { is_protected: false }],
    ['replaces the password', { password: 'secret' }, { password: 'other' }, { is_protected: true }],
    ['removes the password', { password: 'secret' }, { password: null }, { is_protected: false }],
    ['accepts removing a missing password', {}, { password: null }, { is_protected: false }],
    ['sets the expiry', {},
      { expires_at: '2099-01-02T03:04:05.678+01:00' }, { expires_at: '2099-01-02T02:04:05.678Z' }],
    ['removes the expiry', { expires_at: '2099-01-01T00:00:00Z' }, { expires_at: null }, { expires_at: null }],
    ['removes the whitelist', { emails: ['ada@example.com'] }, { has_whitelist: false }, { has_whitelist: false }],
    ['accepts removing a missing whitelist', {}, { has_whitelist: false }, { has_whitelist: false }],
    ['changes several fields at once', { password: 'secret', emails: ['ada@example.com'] },
      { is_shared: false, password: null, expires_at: '2099-01-01T00:00:00Z', has_whitelist: false },
      { is_shared: false, is_protected: false, has_whitelist: false, expires_at: '2099-01-01T00:00:00.000Z' }],
  ])('%s and leaves all other fields but updated_at unchanged', async (_, fields, changes, expected) => {
    const { share, update, read } = await ownerWithShare(fields)
    const response = await update(changes)
    expectJson(response, 200, { share: { ...share, ...expected, updated_at: anyTimestamp } })
    expect(response.body.share.updated_at > share.updated_at).toBe(true)
    expect((await read()).body).toStrictEqual(response.body)
  })

  it('rejects a password and a hashed_password that differ', async () => {
    const { update, share, read } = await ownerWithShare({ password: 'open sesame' })
    for (const hashed_password of ['b', null])
      expectInvalid(await update({ password: 'a', hashed_password }), validationError, 'password')
    expect((await read()).body.share).toStrictEqual(share)
  })

  it('accepts a password of 128 characters without trimming it', async () => {
    const { uuid, update } = await ownerWithShare()
    const password = ` ${'😀'.repeat(126)} `
    expect((await update({ password })).status).toBe(200)
    expect((await openShare(uuid, { headers: basicAuth(password) })).status).toBe(200)
    expect((await openShare(uuid, { headers: basicAuth(password.trim()) })).status).toBe(401)
  })

  it('takes the password by either name', async () => {
    const { uuid, update } = await ownerWithShare({ password: 'open sesame' })
    expect((await update({ hashed_password: 'close sesame' })).status).toBe(200)
    expect((await openShare(uuid, { headers: basicAuth('open sesame') })).status).toBe(401)
    expect((await openShare(uuid, { headers: basicAuth('close sesame') })).status).toBe(200)
  })

  it('never returns a password or its hash', async () => {
    const { owner, path, chatPath, update } = await ownerWithShare({ password: 'open sesame' })
    const responses = [
      await update({ password: 'close sesame' }),
      await owner.get(path),
      await owner.get(`${chatPath}/shares`),
      await update({ is_shared: false }),
    ]
    for (const { status, text } of responses) {
      expect(status).toBe(200)
      expect(text).not.toMatch(/sesame|hash|\$2|version/)
    }
  })

  it('leaves omitted fields unchanged and ignores read-only fields', async () => {
    const { share, update } = await ownerWithShare({ password: 'secret' })
    const readOnly = { uuid: 'x', id: 1, version: 7, is_protected: false, updated_at: '2000-01-01T00:00:00Z' }
    const { body } = await update({ is_shared: true, ...readOnly })
    expect(body).toStrictEqual({ share: { ...share, updated_at: anyTimestamp } })
    expect(body.share.updated_at > share.updated_at).toBe(true)
  })

  it.each<[string, unknown]>([
    ['a missing body', undefined],
    ['an empty object', {}],
    ['only unknown fields', { is_protected: true }],
  ])('rejects an update without changes: %s', async (_, body) => {
    const { share, update, read } = await ownerWithShare()
    const response = await update(body)
    expectInvalid(response, validationError, '')
    expect((await read()).body.share).toStrictEqual(share)
  })

  it.each<[string, Record<string, unknown>]>([
    ['has_whitelist: true', { has_whitelist: true }],
    ['has_whitelist: null', { has_whitelist: null }],
    ['an empty password', { password: '' }],
    ['a password of 129 characters', { password: 'x'.repeat(129) }],
    ['a NUL character in the password', { password: 'a\0' }],
    ['a numeric password', { password: 7 }],
    ['an empty hashed_password', { hashed_password: '' }],
    ['a numeric hashed_password', { hashed_password: 7 }],
    ['is_shared as a string', { is_shared: 'false' }],
    ['is_shared: null', { is_shared: null }],
    ['a date without a time', { expires_at: '2099-01-01' }],
    ['a time without an offset', { expires_at: '2099-01-01T00:00:00' }],
    ['a numeric time', { expires_at: 4_070_908_800 }],
    ['a nonexistent date', { expires_at: '2099-02-30T00:00:00Z' }],
  ])('rejects %s, even next to valid fields, and changes nothing', async (_, body) => {
    const { share, update, read } = await ownerWithShare({ emails: ['ada@example.com'] })
    const [field] = Object.keys(body)
    expectInvalid(await update(body), validationError, field!)
    expectInvalid(await update({ is_shared: false, expires_at: null, ...body }), validationError, field!)
    expect((await read()).body.share).toStrictEqual(share)
  })

  it('does not update the share of another chat', async () => {
    const { owner, wrongPath, read, share } = await pathInOtherChat()
    expectError(await owner.send('PATCH', wrongPath, { is_shared: false }), 404, 'Share not found')
    expect((await read()).body.share).toStrictEqual(share)
  })
})

describe('DELETE /api/users/[user_id]/chats/[chat_id]/shares/[share_id]', () => {
  it('returns true and removes the share', async () => {
    const { owner, path, chatPath, update, read } = await ownerWithShare()
    expectJson(await owner.send('DELETE', path), 200, true)
    expectError(await read(), 404, 'Share not found')
    expectError(await update({ is_shared: true }), 404, 'Share not found')
    expectError(await owner.send('DELETE', path), 404, 'Share not found')
    expectJson(await owner.get(`${chatPath}/shares`), 200, null)
  })

  it('makes its link a 404 for everyone, including the owner', async () => {
    const { owner, path, uuid, share } = await ownerWithShare()
    expect((await follow(share.url)).status).toBe(200)
    await owner.send('DELETE', path)
    expectShareRefusal(await openShare(uuid), 404, missingShareInfo)
    expectShareRefusal(await owner.get(`/api/shared/chats/${uuid}`), 404, missingShareInfo)
  })

  it('keeps the chat, which can be shared again under a new link', async () => {
    const bob = await signedInUser()
    const { owner, chat, path, chatPath, uuid } = await ownerWithShare({ password: 'secret', emails: [bob.email] })
    await owner.send('DELETE', path)
    expect((await owner.get(`${chatPath}/messages`)).body.chatMessages).toHaveLength(1)
    const recreated = await createShare(owner, chat)
    expect(recreated.uuid).not.toBe(uuid)
    expect(recreated).toMatchObject({ is_protected: false, has_whitelist: false })
    const whitelist = (await owner.get(`${chatPath}/shares/${recreated.id}/whitelist-entries`)).body
    expect(whitelist).toStrictEqual({ shareWhitelistEntries: [] })
    expect((await openShare(recreated.uuid)).status).toBe(200)
    expectShareRefusal(await openShare(uuid), 404, missingShareInfo)
  })

  it('does not delete the share of another chat', async () => {
    const { owner, wrongPath, share, read } = await pathInOtherChat()
    expectError(await owner.send('DELETE', wrongPath), 404, 'Share not found')
    expect((await read()).body.share).toStrictEqual(share)
    expect((await openShare(share.uuid)).status).toBe(200)
  })
})
