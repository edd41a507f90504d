import { describe, expect, it } from 'vitest'
import type { Schemas } from '#client/index'
import { anyTimestamp, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'

const validationError = 'Invalid body(message, content)'
const aFile = { title: 'example', text: 'print("ñ")', language: 'python', extension: 'py' }
const aFileLink = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/)

/** Drops the file links, which are regenerated for each response. */
const withoutLinks = ({ files, ...message }: Schemas['Message']) =>
  ({ ...message, files: files.map(({ url: _, ...file }) => file) })

/** A user with a chat of three messages, the second with a file. */
async function userWithMessages() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const second = { message: 'Two', actor: 'assistant', files: [aFile] } as const
  const [first, message, last] = await appendMessages(owner, chat, 'One', second, 'Three')
  const chatPath = `/api/users/${owner.id}/chats/${chat.id}` as const
  const path = `${chatPath}/messages/${message.id}` as const
  const list = async () => (await owner.get(`${chatPath}/messages`)).body.chatMessages
  const chatTimestamps = async () => {
    const { created_at, updated_at } = (await owner.get(chatPath)).body.chat
    return { created_at, updated_at }
  }
  const update = (body?: unknown) => owner.send('PATCH', path, body)
  return { owner, chat, first, message, last, path, chatPath, list, chatTimestamps, update }
}

/** The path of an existing message, but under another chat of the same user. */
async function pathInOtherChat() {
  const { owner, path, chat, list } = await userWithMessages()
  const { id } = await createChat(owner)
  const wrongPath = path.replace(`chats/${chat.id}`, `chats/${id}`)
  return { owner, list, wrongPath, otherChatPath: `/api/users/${owner.id}/chats/${id}` as const }
}

describe('GET /api/users/[user_id]/chats/[chat_id]/messages/[message_id]', () => {
  it('returns exactly the documented fields, including the files', async () => {
    const { owner, chat, message, path } = await userWithMessages()
    expectJson(await owner.get(path), 200, {
      chatMessage: {
        id: message.id,
        chat_conversation_id: chat.id,
        neptun_user_id: owner.id,
        role: 'assistant',
        actor: 'assistant',
        content: 'Two',
        message: 'Two',
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
        files: [{
          id: expect.any(Number),
          neptun_user_id: owner.id,
          chat_conversation_id: chat.id,
          chat_conversation_message_id: message.id,
          title: 'example',
          text: 'print("ñ")',
          language: 'python',
          extension: 'py',
          name: 'example.py',
          size: 11,
          type: expect.stringMatching(/^text\//),
          url: aFileLink,
          created_at: anyTimestamp,
          updated_at: anyTimestamp,
        }],
      },
    })
  })

  it('returns the message as the list shows it, with working file links', async () => {
    const { owner, path, list } = await userWithMessages()
    const { chatMessage } = (await owner.get(path)).body
    expect(withoutLinks(chatMessage)).toStrictEqual(withoutLinks((await list())[1]!))
    expect((await follow(chatMessage.files[0]!.url)).text).toBe('print("ñ")')
  })

  it('returns an empty list of files for a message without files', async () => {
    const { owner, first, chatPath } = await userWithMessages()
    expect((await owner.get(`${chatPath}/messages/${first.id}`)).body.chatMessage.files).toStrictEqual([])
  })

  it('leaves the timestamps of the chat unchanged', async () => {
    const { owner, path, chatTimestamps } = await userWithMessages()
    const before = await chatTimestamps()
    await owner.get(path)
    expect(await chatTimestamps()).toStrictEqual(before)
  })

  it('does not find a message of another chat', async () => {
    const { owner, wrongPath } = await pathInOtherChat()
    expectError(await owner.get(wrongPath), 404, 'Message not found')
  })
})

describe('PATCH /api/users/[user_id]/chats/[chat_id]/messages/[message_id]', () => {
  it.each([
    ['message', { message: 'New' }],
    ['content', { content: 'New' }],
    ['both with equal values', { message: 'New', content: 'New' }],
  ])('accepts %s', async (_, body) => {
    const { owner, path, update } = await userWithMessages()
    const response = await update(body)
    expect(response.status).toBe(200)
    expect(response.body.chatMessage).toMatchObject({ message: 'New', content: 'New' })
    const { chatMessage } = (await owner.get(path)).body
    expect(withoutLinks(chatMessage)).toStrictEqual(withoutLinks(response.body.chatMessage))
  })

  it('changes only the text and updated_at', async () => {
    const { message, update } = await userWithMessages()
    const response = await update({ message: ' New ☃\n😀 ' })
    expectJson(response, 200, {
      chatMessage: {
        ...message,
        content: ' New ☃\n😀 ',
        message: ' New ☃\n😀 ',
        updated_at: anyTimestamp,
        files: message.files.map(file => ({ ...file, url: aFileLink })),
      },
    })
    expect(response.body.chatMessage.updated_at > message.updated_at).toBe(true)
  })

  it('preserves the order of the list and the other messages', async () => {
    const { message, update, list } = await userWithMessages()
    const before = await list()
    await update({ message: 'New' })
    const after = await list()
    expect(after.map(({ id }) => id)).toStrictEqual(before.map(({ id }) => id))
    expect(after.filter(({ id }) => id !== message.id)).toStrictEqual(before.filter(({ id }) => id !== message.id))
    expect(after[1]!.content).toBe('New')
  })

  it('bumps updated_at of the chat and keeps created_at', async () => {
    const { update, chatTimestamps } = await userWithMessages()
    const before = await chatTimestamps()
    await update({ message: 'New' })
    const after = await chatTimestamps()
    expect(after.created_at).toBe(before.created_at)
    expect(after.updated_at > before.updated_at).toBe(true)
  })

  it('moves the chat to the top of the list', async () => {
    const { owner, chat, update } = await userWithMessages()
    const later = await createChat(owner)
    const order = async () => (await owner.get(`/api/users/${owner.id}/chats`)).body.chats.map(({ id }) => id)
    expect(await order()).toStrictEqual([later.id, chat.id])
    await update({ message: 'New' })
    expect(await order()).toStrictEqual([chat.id, later.id])
  })

  it('accepts 1,000,000 characters', async () => {
    const { update } = await userWithMessages()
    const { status, body } = await update({ content: '😀'.repeat(1_000_000) })
    expect([status, [...body.chatMessage.content].length]).toStrictEqual([200, 1_000_000])
  })

  it.each<[string, unknown]>([
    ['a missing body', undefined],
    ['a body without message and content', { role: 'user' }],
    ['conflicting message and content', { message: 'New', content: 'Other' }],
    ['an empty message', { message: '' }],
    ['a null message', { message: null }],
    ['a numeric message', { message: 7 }],
    ['more than 1,000,000 characters', { message: 'x'.repeat(1_000_001) }],
    ['a NUL character', { message: 'a\0' }],
    ['a lone surrogate', { message: '\ud83d' }],
  ])('rejects %s and changes nothing', async (_, body) => {
    const { update, list, chatTimestamps } = await userWithMessages()
    const state = async () => [(await list()).map(withoutLinks), await chatTimestamps()]
    const before = await state()
    expectInvalid(await update(body), validationError, 'message')
    expect(await state()).toStrictEqual(before)
  })

  it('names content when content is invalid', async () => {
    const { update } = await userWithMessages()
    expectInvalid(await update({ content: '' }), validationError, 'content')
  })

  it('does not find a message of another chat and changes neither chat', async () => {
    const { owner, wrongPath, otherChatPath, list } = await pathInOtherChat()
    const before = (await owner.get(otherChatPath)).body.chat
    expectError(await owner.send('PATCH', wrongPath, { message: 'New' }), 404, 'Message not found')
    expect((await list())[1]!.content).toBe('Two')
    expect((await owner.get(otherChatPath)).body.chat).toStrictEqual(before)
  })
})

describe('DELETE /api/users/[user_id]/chats/[chat_id]/messages/[message_id]', () => {
  it('returns true and removes the message', async () => {
    const { owner, path } = await userWithMessages()
    expectJson(await owner.send('DELETE', path), 200, true)
    expectError(await owner.get(path), 404, 'Message not found')
    expectError(await owner.send('PATCH', path, { message: 'New' }), 404, 'Message not found')
    expectError(await owner.send('DELETE', path), 404, 'Message not found')
  })

  it('leaves the other messages unchanged', async () => {
    const { owner, first, last, path, list } = await userWithMessages()
    await owner.send('DELETE', path)
    expect(await list()).toStrictEqual([first, last])
  })

  it('deletes the files and invalidates their links', async () => {
    const { owner, chatPath, message: { files: [file] }, path } = await userWithMessages()
    expect((await follow(file.url)).status).toBe(200)
    await owner.send('DELETE', path)
    expectError(await follow(file.url), 404, 'File not found')
    expect((await owner.get(`${chatPath}/files`)).body).toStrictEqual({ chatFiles: [] })
  })

  it('bumps updated_at of the chat', async () => {
    const { owner, path, chatTimestamps } = await userWithMessages()
    const before = await chatTimestamps()
    await owner.send('DELETE', path)
    expect((await chatTimestamps()).updated_at > before.updated_at).toBe(true)
  })

  it('does not find a message of another chat and changes neither chat', async () => {
    const { owner, wrongPath, otherChatPath, list } = await pathInOtherChat()
    const before = (await owner.get(otherChatPath)).body.chat
    expectError(await owner.send('DELETE', wrongPath), 404, 'Message not found')
    expect(await list()).toHaveLength(3)
    expect((await owner.get(otherChatPath)).body.chat).toStrictEqual(before)
  })
})
