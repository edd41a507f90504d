import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aTime, expectJson } from '../../support/expect.ts'
import { request, type Answer, type RequestOptions } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { active, expectRefusal, expectUnindexed, inactive, missing, sharedChat } from '../../support/shares.ts'
import { anEmail, basic, chatOf, messagesIn, openShare, shareOf, signedInUser, type Person } from '../../support/world.ts'

interface ChatMessage {
  id: number
  content: string
  role: 'user' | 'assistant'
  created_at: string
  updated_at: string
}

interface ShareInfo {
  shareExists: boolean
  shareIsActive: boolean
  shareIsPrivate: boolean
  shareHasPassword: boolean
  shareHasWhitelist: boolean
}

interface SharedChatResponse {
  chatMessages: ChatMessage[]
  shareInfo: ShareInfo
}

interface SharedChatError {
  statusCode: number
  statusMessage: string
  message: string
  data: { shareInfo: ShareInfo }
}

const ShareInfoModel = z.object({
  shareExists: z.boolean(),
  shareIsActive: z.boolean(),
  shareIsPrivate: z.boolean(),
  shareHasPassword: z.boolean(),
  shareHasWhitelist: z.boolean(),
})

const SharedChatResponseModel = z.object({
  chatMessages: z.array(z.object({
    id: z.int(),
    content: z.string(),
    role: z.enum(['user', 'assistant']),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })),
  shareInfo: ShareInfoModel,
})

const SharedChatErrorModel = z.object({
  statusCode: z.int(), statusMessage: z.string(), message: z.string(), data: z.record(z.string(), ShareInfoModel),
})

/** GET /api/shared/chats/[uuid] */
const pathOf = (uuid: string) => `/api/shared/chats/${uuid}`
const openAs = (person: Person, uuid: string, options?: RequestOptions) => person.get(pathOf(uuid), options)

/** The chat itself, as it was shared by `sharedChat`. */
function expectChat(answer: Answer, shareInfo: ShareInfo): void {
  expectJson(answer, 200, { chat: expect.anything(), chatMessages: [expect.objectContaining({ content: 'Hello world' })], shareInfo })
  expectUnindexed(answer)
}

describe('a shared chat', () => {
  it('has every field of the page, and none that tells of users and chats', async () => {
    const owner = await signedInUser()
    const chat = await chatOf(owner, { name: 'Discussion', model: 'google/gemma-2-27b-it' })
    const files = [{ title: 'example', text: 'print()', extension: 'py' }]
    const [message] = await messagesIn(owner, chat, { message: 'Hello world', actor: 'user', files })
    const { uuid } = await shareOf(owner, chat)
    const answer = await openShare(uuid, { headers: { 'content-type': 'application/json' } })
    expectJson(answer, 200, {
      chat: { name: 'Discussion', model: 'google/gemma-2-27b-it' },
      chatMessages: [{
        id: message.id,
        role: 'user',
        actor: 'user',
        content: 'Hello world',
        message: 'Hello world',
        timestamp: message.created_at,
        created_at: message.created_at,
        updated_at: message.updated_at,
        files: [{
          id: message.files[0].id,
          title: 'example',
          text: 'print()',
          language: 'python',
          extension: 'py',
          name: 'example.py',
          size: 7,
          type: expect.stringMatching(/^text\//),
          url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?.*grant=/),
          created_at: aTime,
          updated_at: aTime,
        }],
      }],
      shareInfo: { shareExists: true, shareIsActive: true, shareIsPrivate: false, shareHasPassword: false, shareHasWhitelist: false },
    })
    expectUnindexed(answer)
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(answer.text).not.toMatch(/neptun_user_id|conversation|email/)
  })

  it('is what the interface and the model of the page say, opened or not', async () => {
    const { uuid, owner } = await sharedChat({ password: 'secret' })
    const { body } = await openAs(owner, uuid)
    const response: SharedChatResponse = SharedChatResponseModel.parse(body)
    expect(body).toMatchObject(response)
    const { body: refused } = await openShare(uuid)
    const error = SharedChatErrorModel.parse(refused) as SharedChatError
    expect(error).toStrictEqual(refused)
    expect(error.data.shareInfo).toStrictEqual(response.shareInfo)
  })

  it('leaves out what the system was told, and keeps the order of the rest', async () => {
    const { owner, chat, uuid } = await sharedChat()
    const files = [{ title: 'instructions.txt', text: 'secret' }]
    await messagesIn(owner, chat, { message: 'Be brief.', actor: 'system', files }, { message: 'Hi', actor: 'assistant' }, 'Bye')
    const { body, text } = await openShare(uuid)
    expect(body.chatMessages.map(({ role, content }: ChatMessage) => [role, content])).toStrictEqual([['user', 'Hello world'], ['assistant', 'Hi'], ['user', 'Bye']])
    expect(text).not.toMatch(/system|Be brief|instructions/)
  })

  it('is empty where nothing was said', async () => {
    const owner = await signedInUser()
    const { uuid } = await shareOf(owner, await chatOf(owner))
    expect((await openShare(uuid)).body.chatMessages).toStrictEqual([])
  })
})

describe('who may open a shared chat', () => {
  it.each([randomUUID(), 'abc', '1', '%20', '%00', '%FF', `${randomUUID()}0`, randomUUID().replaceAll('-', '_')])('nobody, where there is no share: %s', async (uuid) => {
    expectRefusal(await openShare(uuid), 404, missing)
    expectRefusal(await openAs(await signedInUser(), uuid, { headers: basic('secret') }), 404, missing)
  })

  it.each([
    ['switched off', { is_shared: false }],
    ['expired', { expires_at: '2020-01-01T00:00:00Z' }],
    ['switched off, with a password and a whitelist', { is_shared: false, password: 'secret', emails: [anEmail()] }],
    ['expired, with a password', { password: 'secret', expires_at: '2020-01-01T00:00:00+02:00' }],
  ])('nobody, not even its owner, where it is %s', async (_, fields) => {
    const { uuid, owner } = await sharedChat(fields)
    expectRefusal(await openShare(uuid, { headers: basic('secret') }), 404, inactive)
    expectRefusal(await openAs(owner, uuid), 404, inactive)
  })

  it.each([
    ['is open', {}],
    ['expires in the future', { expires_at: '2999-01-01T00:00:00Z' }],
  ])('everybody, where it %s', async (_, fields) => {
    const { uuid, owner } = await sharedChat(fields)
    expectChat(await openShare(uuid), active())
    expectChat(await openShare(uuid, { headers: { cookie: 'neptun-session=garbage', ...basic('needless') } }), active())
    expectChat(await openAs(await signedInUser(), uuid), active())
    expectChat(await openAs(owner, uuid), active())
  })

  it('those on its whitelist, and its owner', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner } = await sharedChat({ emails: [listed.email] })
    expectRefusal(await openShare(uuid), 401, active('whitelist'))
    expectRefusal(await openShare(uuid, { headers: { cookie: 'neptun-session=garbage', ...basic('secret') } }), 401, active('whitelist'))
    expectRefusal(await openAs(stranger, uuid), 403, active('whitelist'))
    expectChat(await openAs(listed, uuid), active('whitelist'))
    expectChat(await openAs(owner, uuid), active('whitelist'))
    await listed.post('/api/auth/logout')
    expectRefusal(await openAs(listed, uuid), 401, active('whitelist'))
  })

  it('those on a whitelist that was given later, from the next request on', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, whitelist } = await sharedChat()
    expectChat(await openAs(stranger, uuid), active())
    await whitelist(listed.email.toUpperCase())
    expectRefusal(await openShare(uuid), 401, active('whitelist'))
    expectRefusal(await openAs(stranger, uuid), 403, active('whitelist'))
    expectChat(await openAs(listed, uuid), active('whitelist'))
  })

  it('an emptied whitelist must not open a share', async () => {
    const stranger = await signedInUser()
    for (const { uuid, owner, whitelist } of [await sharedChat({ emails: [anEmail()] }), await sharedChat({})]) {
      await whitelist(anEmail())
      expectRefusal(await openShare(uuid), 401, active('whitelist'))
      expectRefusal(await openAs(stranger, uuid), 403, active('whitelist'))
      expectChat(await openAs(owner, uuid), active('whitelist'))
    }
  })

  it.each([
    undefined, basic(''), basic('Secret'), basic('secret '), basic('secre'), basic('secret\0'), basic('', 'secret'), { authorization: 'Basic' },
    { authorization: 'Basic ' }, { authorization: 'Bearer secret' }, { authorization: `Basic ${Buffer.from('secret').toString('base64')}` },
    { authorization: 'Basic !' }, { authorization: `Basic ${Buffer.from(':\xFF', 'latin1').toString('base64')}` }, { password: 'secret' },
  ])('not who comes with %j instead of its password', async (headers) => {
    const { uuid, owner } = await sharedChat({ password: 'secret' })
    expectRefusal(await openShare(uuid, { headers }), 401, active('password'))
    expectRefusal(await openAs(await signedInUser(), uuid, { headers }), 401, active('password'))
    expectChat(await openAs(owner, uuid, { headers }), active('password'))
  })

  it.each(['secret', ' ', ':', 'a:b::', 'pässwörd ☃ 😀', '  spaced  ', 'x'.repeat(128), '😀'.repeat(128)])('whoever knows its password: %s', async (password) => {
    const { uuid } = await sharedChat({ password })
    for (const user of ['', 'anybody', 'Ä b', 'x@example.com'])
      expectChat(await openShare(uuid, { headers: basic(password, user) }), active('password'))
    expectChat(await openAs(await signedInUser(), uuid, { headers: basic(password) }), active('password'))
    expectRefusal(await openShare(uuid, { headers: basic(`${password}x`) }), 401, active('password'))
    expectRefusal(await openShare(uuid, { headers: basic([...password].slice(1).join('')) }), 401, active('password'))
  })

  it('not who puts the password into the query', async () => {
    const { uuid } = await sharedChat({ password: 'secret' })
    expectRefusal(await request('GET', `${pathOf(uuid)}?password=secret`), 401, active('password'))
  })

  it('who is on its whitelist and knows its password, where it has both', async () => {
    const [listed, stranger] = await Promise.all([signedInUser(), signedInUser()])
    const { uuid, owner } = await sharedChat({ emails: [listed.email], password: 'secret' })
    const [info, right, wrong] = [active('password', 'whitelist'), { headers: basic('secret') }, { headers: basic('wrong') }]
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

describe('a file of a shared chat', () => {
  it('opens by its url, until the share changes', async () => {
    const { owner, chat, uuid, whitelist } = await sharedChat()
    const [message] = await messagesIn(owner, chat, { message: 'Look', files: [{ title: 'a.txt', text: 'content' }] })
    const [, { files: [{ url }] }] = (await openShare(uuid)).body.chatMessages
    expect((await follow(url)).text).toBe('content')
    expect((await follow(url.replace(/&?grant=[^&]*/, ''))).status).toBe(403)
    await whitelist(owner.email)
    expect((await follow(url)).status).toBe(403)
    expect((await follow(message.files[0].url)).text).toBe('content')
    expect((await follow((await openAs(owner, uuid)).body.chatMessages[1].files[0].url)).text).toBe('content')
  })
})
