import { describe, expect, it } from 'vitest'
import { aTime, blamed, errorBody, invalidBody } from '../../support/expect.ts'
import { basic, chatOf, openShare, shareOf, signedInUser } from '../../support/world.ts'
import { follow } from '../../support/raw.ts'

const complaint = 'Invalid body(is_shared, is_protected, password, expires_at, emails)'
const aUuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)

async function someoneWithChat() {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const path = `/api/users/${ada.id}/chats/${chat.id}/shares`
  return { ada, chat, path, share: (body?: unknown) => ada.post(path, body), read: () => ada.get(path) }
}

describe('the share of a chat', () => {
  it('is the JSON text null, with 200, where there is none', async () => {
    const { read } = await someoneWithChat()
    const { status, headers, text } = await read()
    expect([status, headers.get('content-type'), text]).toStrictEqual([200, 'application/json', 'null'])
  })

  it('is read as it was answered when it was made, with its uuid beside it', async () => {
    const { share, read } = await someoneWithChat()
    const made = (await share({ password: 'open sesame', expires_at: '2099-01-01T00:00:00Z' })).body.share
    const { status, body } = await read()
    expect(status).toBe(200)
    expect(body).toStrictEqual({ uuid: made.uuid, share: made })
  })

  it('is nobody else\'s', async () => {
    const { ada, chat, path, share } = await someoneWithChat()
    await share()
    const eve = await signedInUser()
    for (const send of [eve.get, eve.post]) {
      expect((await send(path)).body).toStrictEqual(errorBody(404, 'User not found'))
      expect((await send(path.replace(`users/${ada.id}`, `users/${eve.id}`))).body).toStrictEqual(errorBody(404, 'Chat not found'))
      expect((await send(`/api/users/${eve.id}/chats/${chat.id}999/shares`)).body).toStrictEqual(errorBody(404, 'Chat not found'))
    }
  })
})

describe('a new share', () => {
  it('is answered with 201 and all its fields, and no other', async () => {
    const { chat, share } = await someoneWithChat()
    const { status, body } = await share({})
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
        created_at: aTime,
        updated_at: aTime,
      },
    })
  })

  it('needs no body at all', async () => {
    const { share } = await someoneWithChat()
    const { status, body } = await share()
    expect([status, body.share.is_shared]).toStrictEqual([201, true])
  })

  it('opens the chat at its url', async () => {
    const { chat, share } = await someoneWithChat()
    const { url } = (await share()).body.share
    const answer = await follow(url)
    expect([answer.status, answer.body.chat.name]).toStrictEqual([200, chat.name])
  })

  it('may be switched off from the start', async () => {
    const { share } = await someoneWithChat()
    const { uuid, is_shared } = (await share({ is_shared: false })).body.share
    expect([is_shared, (await openShare(uuid)).status]).toStrictEqual([false, 404])
  })

  it('is the only one of its chat', async () => {
    const { share, read } = await someoneWithChat()
    const { uuid } = (await share()).body.share
    const { status, body } = await share({ password: 'another' })
    expect(status).toBe(409)
    expect(body).toStrictEqual(errorBody(409, 'This chat has a share already.'))
    expect((await read()).body.share).toMatchObject({ uuid, is_protected: false })
  })

  it('is the only one even if ten are made at once', async () => {
    const { share, read } = await someoneWithChat()
    const answers = await Promise.all(Array.from({ length: 10 }, () => share({})))
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([201, ...Array<number>(9).fill(409)])
    expect((await read()).body.share).toStrictEqual(answers.find(({ status }) => status === 201)!.body.share)
  })

  it.each([
    ['is_shared', 'yes'], ['is_shared', null], ['is_protected', 1], ['is_protected', true], ['password', ''],
    ['password', null], ['password', 7], ['password', 'a'.repeat(129)], ['password', '\0'], ['password', '\ud83d'],
    ['expires_at', 'tomorrow'], ['expires_at', ''], ['expires_at', 4070908800], ['expires_at', '2099-01-01'],
    ['expires_at', '2099-01-01T00:00:00'], ['expires_at', '2099-02-30T00:00:00Z'], ['expires_at', '2099-01-01T25:00:00Z'],
    ['expires_at', '2099-01-01 00:00:00Z'], ['expires_at', '+275760-09-13T00:00:00Z'], ['expires_at', '0000-01-01T00:00:00Z'],
    ['emails', []], ['emails', null], ['emails', 'ada@example.com'], ['emails', ['ada']], ['emails', [null]],
  ])('is refused with the %s %j, which is named', async (field, value) => {
    const { share, read } = await someoneWithChat()
    const answer = await share({ [field]: value })
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody(complaint))
    expect(blamed(answer)).toStrictEqual([field === 'is_protected' && value === true ? 'password' : field])
    expect((await read()).body).toBeNull()
  })
})

describe('the password of a share', () => {
  it.each([
    ['by itself', {}],
    ['with is_protected: true', { is_protected: true }],
    ['with is_protected: false', { is_protected: false }],
  ])('protects it, %s', async (_, fields) => {
    const { share } = await someoneWithChat()
    const made = (await share({ password: 'open sesame', ...fields })).body.share
    expect(made.is_protected).toBe(true)
    expect((await openShare(made.uuid)).status).toBe(401)
    expect((await openShare(made.uuid, { headers: basic('open sesame') })).status).toBe(200)
  })

  it.each([['a letter', 'a'], ['a space', ' '], ['128 letters', 'a'.repeat(128)], ['128 emoji', '🗝'.repeat(128)]])('may be %s', async (_, password) => {
    const ada = await signedInUser()
    const { uuid } = await shareOf(ada, await chatOf(ada), { password })
    expect((await openShare(uuid, { headers: basic(password) })).status).toBe(200)
    expect((await openShare(uuid, { headers: basic(`${password} `) })).status).toBe(401)
  })

  it('is in no answer, and neither is its hash', async () => {
    const { share, read } = await someoneWithChat()
    const made = await share({ password: 'open sesame' })
    for (const { text } of [made, await read()]) expect(text).not.toMatch(/sesame|\$2b|hash|version/)
  })
})

describe('the end of a share', () => {
  it.each([
    ['2099-01-01T00:00:00Z', '2099-01-01T00:00:00.000Z'],
    ['2099-01-01T00:00:00+02:00', '2098-12-31T22:00:00.000Z'],
    ['2099-01-01T00:00:00-05:30', '2099-01-01T05:30:00.000Z'],
    ['2099-01-01T00:00:00.123456Z', '2099-01-01T00:00:00.123Z'],
    ['2099-01-01T00:00:00.999999+00:00', '2099-01-01T00:00:00.999Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    [null, null],
  ])('given as %s is %s', async (given, kept) => {
    const { share, read } = await someoneWithChat()
    expect((await share({ expires_at: given })).body.share.expires_at).toBe(kept)
    expect((await read()).body.share.expires_at).toBe(kept)
  })

  it('may have passed, and then the share is closed', async () => {
    const { share } = await someoneWithChat()
    const { uuid } = (await share({ expires_at: '2001-01-01T00:00:00Z' })).body.share
    expect((await openShare(uuid)).status).toBe(404)
  })
})
