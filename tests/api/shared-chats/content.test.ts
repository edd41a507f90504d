import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anyTimestamp, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, createShare, openShare, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { createSharedChat, expectShareHeaders } from '../../support/shares.ts'

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

describe('GET /api/shared/chats/[uuid]', () => {
  it('returns exactly the documented fields, without ids of users and chats', async () => {
    const owner = await signedInUser()
    const chat = await createChat(owner, { name: 'Discussion', model: 'google/gemma-2-27b-it' })
    const file = { title: 'example', text: 'print()', extension: 'py' }
    const [message] = await appendMessages(owner, chat, { message: 'Hello world', actor: 'user', files: [file] })
    const { uuid } = await createShare(owner, chat)
    const opened = await openShare(uuid, { headers: { 'content-type': 'application/json' } })
    expectJson(opened, 200, {
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
          created_at: anyTimestamp,
          updated_at: anyTimestamp,
        }],
      }],
      shareInfo: {
        shareExists: true,
        shareIsActive: true,
        shareIsPrivate: false,
        shareHasPassword: false,
        shareHasWhitelist: false,
      },
    })
    expectShareHeaders(opened)
    expect(opened.headers.has('set-cookie')).toBe(false)
    expect(opened.text).not.toMatch(/neptun_user_id|conversation|email/)
  })

  it('matches the documented interface and Zod models, opened or refused', async () => {
    const { uuid, owner } = await createSharedChat({ password: 'secret' })
    const { body } = await owner.get(`/api/shared/chats/${uuid}`)
    const response: SharedChatResponse = SharedChatResponseModel.parse(body)
    expect(body).toMatchObject(response)
    const { body: refused } = await openShare(uuid)
    const error = SharedChatErrorModel.parse(refused) as SharedChatError
    expect(error).toStrictEqual(refused)
    expect(error.data.shareInfo).toStrictEqual(response.shareInfo)
  })

  it('omits system messages and keeps the order of the others', async () => {
    const { owner, chat, uuid } = await createSharedChat()
    const files = [{ title: 'instructions.txt', text: 'secret' }]
    const systemMessage = { message: 'Be brief.', actor: 'system', files }
    await appendMessages(owner, chat, systemMessage, { message: 'Hi', actor: 'assistant' }, 'Bye')
    const { body, text } = await openShare(uuid)
    expect(body.chatMessages.map(({ role, content }) => [role, content]))
      .toStrictEqual([['user', 'Hello world'], ['assistant', 'Hi'], ['user', 'Bye']])
    expect(text).not.toMatch(/system|Be brief|instructions/)
  })

  it('returns an empty list for a chat without messages', async () => {
    const owner = await signedInUser()
    const { uuid } = await createShare(owner, await createChat(owner))
    expect((await openShare(uuid)).body.chatMessages).toStrictEqual([])
  })
})

describe('a file of a shared chat', () => {
  it('opens at its link until the share changes', async () => {
    const { owner, chat, uuid, whitelist } = await createSharedChat()
    const file = { title: 'a.txt', text: 'content' }
    const [message] = await appendMessages(owner, chat, { message: 'Look', files: [file] })
    const { url } = (await openShare(uuid)).body.chatMessages[1]!.files[0]!
    expect((await follow(url)).text).toBe('content')
    expect(url).toMatch(new RegExp(`/${message.files[0].id}\\?expires=\\d+&grant=${uuid}\\.\\d+&signature=[\\w-]{43}$`))
    expect((await follow(url.replace(/&?grant=[^&]*/, ''))).status).toBe(403)
    await whitelist(owner.email)
    expect((await follow(url)).status).toBe(403)
    expect((await follow(message.files[0].url)).text).toBe('content')
    const { chatMessages } = (await owner.get(`/api/shared/chats/${uuid}`)).body
    expect((await follow(chatMessages[1]!.files[0]!.url)).text).toBe('content')
  })
})
