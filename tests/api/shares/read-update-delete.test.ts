import { describe, expect, it } from 'vitest'
import { aTime, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import { follow } from '../../support/raw.ts'
import { expectRefusal, missing, sharedChat } from '../../support/shares.ts'
import { basic, chatOf, openShare, shareOf, signedInUser } from '../../support/world.ts'

const complaint = 'Invalid body(is_shared, password, expires_at, has_whitelist)'

/** Somebody with a shared chat, where its share is at, and what its owner may do with it. */
async function someoneWithShare(fields: object = {}) {
  const { owner, chat, id, uuid } = await sharedChat(fields)
  const chatPath = `/api/users/${owner.id}/chats/${chat.id}`
  const path = `${chatPath}/shares/${id}`
  const read = () => owner.get(path)
  const share = (await read()).body.share
  return { owner, chat, uuid, share, chatPath, path, read, change: (body?: unknown) => owner.send('PATCH', path, body) }
}

/** Where a share would be, if it were one of another chat of the same person, which has one too. */
async function inAnotherChat() {
  const { owner, chat, path, read, share } = await someoneWithShare()
  const other = await chatOf(owner)
  await shareOf(owner, other)
  return { owner, read, share, elsewhere: path.replace(`chats/${chat.id}`, `chats/${other.id}`) }
}

describe('one share', () => {
  it('is read with all its fields, and no other', async () => {
    const { chat, uuid, share, read } = await someoneWithShare()
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
        created_at: aTime,
        updated_at: aTime,
      },
    })
  })

  it('is read as the share of its chat is', async () => {
    const { owner, chatPath, uuid, read } = await someoneWithShare({ password: 'secret', expires_at: '2099-01-01T00:00:00Z' })
    const { share } = (await read()).body
    expect((await owner.get(`${chatPath}/shares`)).body).toStrictEqual({ uuid, share })
    expect(share).toMatchObject({ is_protected: true, expires_at: '2099-01-01T00:00:00.000Z' })
  })

  it('is in its own chat only', async () => {
    const { owner, elsewhere } = await inAnotherChat()
    expectError(await owner.get(elsewhere), 404, 'Share not found')
  })

  it('is not found in a chat that has none', async () => {
    const { owner, chat, path } = await someoneWithShare()
    const other = await chatOf(owner)
    expectError(await owner.get(path.replace(`chats/${chat.id}`, `chats/${other.id}`)), 404, 'Share not found')
  })
})

describe('a change of a share', () => {
  it.each<[string, object, object, object]>([
    ['switches it off', {}, { is_shared: false }, { is_shared: false }],
    ['switches it on', { is_shared: false }, { is_shared: true }, { is_shared: true }],
    ['gives it a password', {}, { password: 'secret' }, { is_protected: true }],
    ['gives it another password', { password: 'secret' }, { password: 'other' }, { is_protected: true }],
    ['removes its password', { password: 'secret' }, { password: null }, { is_protected: false }],
    ['removes a password that it has not', {}, { password: null }, { is_protected: false }],
    ['sets when it expires', {}, { expires_at: '2099-01-02T03:04:05.678+01:00' }, { expires_at: '2099-01-02T02:04:05.678Z' }],
    ['removes when it expires', { expires_at: '2099-01-01T00:00:00Z' }, { expires_at: null }, { expires_at: null }],
    ['lifts its whitelist', { emails: ['ada@example.com'] }, { has_whitelist: false }, { has_whitelist: false }],
    ['lifts a whitelist that it has not', {}, { has_whitelist: false }, { has_whitelist: false }],
    ['changes several things at once', { password: 'secret', emails: ['ada@example.com'] },
      { is_shared: false, password: null, expires_at: '2099-01-01T00:00:00Z', has_whitelist: false },
      { is_shared: false, is_protected: false, has_whitelist: false, expires_at: '2099-01-01T00:00:00.000Z' }],
  ])('%s, and nothing else but the time of the last change', async (_, fields, changes, expected) => {
    const { share, change, read } = await someoneWithShare(fields)
    const answer = await change(changes)
    expectJson(answer, 200, { share: { ...share, ...expected, updated_at: aTime } })
    expect(answer.body.share.updated_at > share.updated_at).toBe(true)
    expect((await read()).body).toStrictEqual(answer.body)
  })

  it('takes a password of 128 characters exactly as it is', async () => {
    const { uuid, change } = await someoneWithShare()
    const password = ` ${'😀'.repeat(126)} `
    expect((await change({ password })).status).toBe(200)
    expect((await openShare(uuid, { headers: basic(password) })).status).toBe(200)
    expect((await openShare(uuid, { headers: basic(password.trim()) })).status).toBe(401)
  })

  it('never shows a password, nor its hash', async () => {
    const { owner, path, chatPath, change } = await someoneWithShare({ password: 'open sesame' })
    const answers = [await change({ password: 'close sesame' }), await owner.get(path), await owner.get(`${chatPath}/shares`), await change({ is_shared: false })]
    for (const { status, text } of answers) {
      expect(status).toBe(200)
      expect(text).not.toMatch(/sesame|hash|\$2|version/)
    }
  })

  it('leaves what the body does not name as it was, and takes no other fields', async () => {
    const { share, change } = await someoneWithShare({ password: 'secret' })
    const { body } = await change({ is_shared: true, uuid: 'x', id: 1, version: 7, is_protected: false, updated_at: '2000-01-01T00:00:00Z' })
    expect(body).toStrictEqual({ share: { ...share, updated_at: aTime } })
    expect(body.share.updated_at > share.updated_at).toBe(true)
  })

  it.each<[string, unknown]>([
    ['no body', undefined],
    ['an empty object', {}],
    ['only what it does not know', { is_protected: true }],
  ])('is refused for %s, which has nothing to change', async (_, body) => {
    const { share, change, read } = await someoneWithShare()
    const answer = await change(body)
    expectInvalid(answer, complaint, '')
    expect((await read()).body.share).toStrictEqual(share)
  })

  it.each<[string, Record<string, unknown>]>([
    ['a whitelist that is to be set', { has_whitelist: true }],
    ['a whitelist that is null', { has_whitelist: null }],
    ['an empty password', { password: '' }],
    ['a password of 129 characters', { password: 'x'.repeat(129) }],
    ['a password with a NUL', { password: 'a\0' }],
    ['a password that is a number', { password: 7 }],
    ['a switch that is a text', { is_shared: 'false' }],
    ['a switch that is null', { is_shared: null }],
    ['a day for a time', { expires_at: '2099-01-01' }],
    ['a time without an offset', { expires_at: '2099-01-01T00:00:00' }],
    ['a time that is a number', { expires_at: 4_070_908_800 }],
    ['a time that the calendar has not', { expires_at: '2099-02-30T00:00:00Z' }],
  ])('is refused for %s, also where the rest is right, and changes nothing', async (_, body) => {
    const { share, change, read } = await someoneWithShare({ emails: ['ada@example.com'] })
    const [field] = Object.keys(body)
    expectInvalid(await change(body), complaint, field!)
    expectInvalid(await change({ is_shared: false, expires_at: null, ...body }), complaint, field!)
    expect((await read()).body.share).toStrictEqual(share)
  })

  it('does not reach the share of another chat', async () => {
    const { owner, elsewhere, read, share } = await inAnotherChat()
    expectError(await owner.send('PATCH', elsewhere, { is_shared: false }), 404, 'Share not found')
    expect((await read()).body.share).toStrictEqual(share)
  })
})

describe('deleting a share', () => {
  it('is answered with true, and it is gone', async () => {
    const { owner, path, chatPath, change, read } = await someoneWithShare()
    expectJson(await owner.send('DELETE', path), 200, true)
    expectError(await read(), 404, 'Share not found')
    expectError(await change({ is_shared: true }), 404, 'Share not found')
    expectError(await owner.send('DELETE', path), 404, 'Share not found')
    expectJson(await owner.get(`${chatPath}/shares`), 200, null)
  })

  it('ends its link, of which nothing is told any more, not even to the owner', async () => {
    const { owner, path, uuid, share } = await someoneWithShare()
    expect((await follow(share.url)).status).toBe(200)
    await owner.send('DELETE', path)
    expectRefusal(await openShare(uuid), 404, missing)
    expectRefusal(await owner.get(`/api/shared/chats/${uuid}`), 404, missing)
  })

  it('leaves the chat, which can be shared anew by another link', async () => {
    const bob = await signedInUser()
    const { owner, chat, path, chatPath, uuid } = await someoneWithShare({ password: 'secret', emails: [bob.email] })
    await owner.send('DELETE', path)
    expect((await owner.get(`${chatPath}/messages`)).body.chatMessages).toHaveLength(1)
    const anew = await shareOf(owner, chat)
    expect(anew.uuid).not.toBe(uuid)
    expect(anew).toMatchObject({ is_protected: false, has_whitelist: false })
    expect((await owner.get(`${chatPath}/shares/${anew.id}/whitelist-entries`)).body).toStrictEqual({ shareWhitelistEntries: [] })
    expect((await openShare(anew.uuid)).status).toBe(200)
    expectRefusal(await openShare(uuid), 404, missing)
  })

  it('does not reach the share of another chat', async () => {
    const { owner, elsewhere, share, read } = await inAnotherChat()
    expectError(await owner.send('DELETE', elsewhere), 404, 'Share not found')
    expect((await read()).body.share).toStrictEqual(share)
    expect((await openShare(share.uuid)).status).toBe(200)
  })
})
