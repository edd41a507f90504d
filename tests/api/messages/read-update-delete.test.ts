import { describe, expect, it } from 'vitest'
import { aTime, expectError, expectInvalid, expectJson } from '../../support/expect.ts'
import type { Json } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'

const complaint = 'Invalid body(message, content)'
const aFile = { title: 'example', text: 'print("ñ")', language: 'python', extension: 'py' }
const aLink = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/files\/\d+\?/)

/** What of a message no link changes, which is made anew for each answer. */
const withoutLinks = ({ files, ...message }: Json) =>
  ({ ...message, files: files.map(({ url: _, ...file }: Json) => file) })

/** Somebody with a chat of three messages, the second of which has a file. */
async function someoneWithMessages() {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const [first, message, last] = await messagesIn(ada, chat, 'One', { message: 'Two', actor: 'assistant', files: [aFile] }, 'Three')
  const chatPath = `/api/users/${ada.id}/chats/${chat.id}`
  const path = `${chatPath}/messages/${message.id}`
  const list = async (): Promise<Json[]> => (await ada.get(`${chatPath}/messages`)).body.chatMessages
  const chatTimes = async () => {
    const { created_at, updated_at } = (await ada.get(chatPath)).body.chat
    return { created_at, updated_at }
  }
  return { ada, chat, first, message, last, path, chatPath, list, chatTimes, edit: (body?: unknown) => ada.send('PATCH', path, body) }
}

/** Where a message would be, if it were in another chat of the same person. */
async function inAnotherChat() {
  const { ada, path, chat, list } = await someoneWithMessages()
  const { id } = await chatOf(ada)
  return { ada, list, elsewhere: path.replace(`chats/${chat.id}`, `chats/${id}`), other: `/api/users/${ada.id}/chats/${id}` }
}

describe('one message', () => {
  it('is read with all its fields and its files, and no other', async () => {
    const { ada, chat, message, path } = await someoneWithMessages()
    expectJson(await ada.get(path), 200, {
      chatMessage: {
        id: message.id,
        chat_conversation_id: chat.id,
        neptun_user_id: ada.id,
        role: 'assistant',
        actor: 'assistant',
        content: 'Two',
        message: 'Two',
        created_at: aTime,
        updated_at: aTime,
        files: [{
          id: expect.any(Number),
          neptun_user_id: ada.id,
          chat_conversation_id: chat.id,
          chat_conversation_message_id: message.id,
          title: 'example',
          text: 'print("ñ")',
          language: 'python',
          extension: 'py',
          name: 'example.py',
          size: 11,
          type: expect.stringMatching(/^text\//),
          url: aLink,
          created_at: aTime,
          updated_at: aTime,
        }],
      },
    })
  })

  it('is what the list shows of it, and its file can be followed', async () => {
    const { ada, path, list } = await someoneWithMessages()
    const { chatMessage } = (await ada.get(path)).body
    expect(withoutLinks(chatMessage)).toStrictEqual(withoutLinks((await list())[1]))
    expect((await follow(chatMessage.files[0].url)).text).toBe('print("ñ")')
  })

  it('has an empty list of files where it has none', async () => {
    const { ada, first, chatPath } = await someoneWithMessages()
    expect((await ada.get(`${chatPath}/messages/${first.id}`)).body.chatMessage.files).toStrictEqual([])
  })

  it('does not move the chat by being read', async () => {
    const { ada, path, chatTimes } = await someoneWithMessages()
    const before = await chatTimes()
    await ada.get(path)
    expect(await chatTimes()).toStrictEqual(before)
  })

  it('is in its own chat only', async () => {
    const { ada, elsewhere } = await inAnotherChat()
    expectError(await ada.get(elsewhere), 404, 'Message not found')
  })
})

describe('an edit of a message', () => {
  it.each([
    ['message', { message: 'New' }],
    ['content', { content: 'New' }],
    ['both, as long as they say the same', { message: 'New', content: 'New' }],
  ])('takes %s', async (_, body) => {
    const { ada, path, edit } = await someoneWithMessages()
    const answer = await edit(body)
    expect(answer.status).toBe(200)
    expect(answer.body.chatMessage).toMatchObject({ message: 'New', content: 'New' })
    expect(withoutLinks((await ada.get(path)).body.chatMessage)).toStrictEqual(withoutLinks(answer.body.chatMessage))
  })

  it('changes the text and the time of the last change, and nothing else', async () => {
    const { message, edit } = await someoneWithMessages()
    const answer = await edit({ message: ' New ☃\n😀 ' })
    expectJson(answer, 200, {
      chatMessage: {
        ...message,
        content: ' New ☃\n😀 ',
        message: ' New ☃\n😀 ',
        updated_at: aTime,
        files: message.files.map((file: Json) => ({ ...file, url: aLink })),
      },
    })
    expect(answer.body.chatMessage.updated_at > message.updated_at).toBe(true)
  })

  it('keeps its place in the list, and leaves the others as they are', async () => {
    const { message, edit, list } = await someoneWithMessages()
    const before = await list()
    await edit({ message: 'New' })
    const after = await list()
    expect(after.map(({ id }) => id)).toStrictEqual(before.map(({ id }) => id))
    expect(after.filter(({ id }) => id !== message.id)).toStrictEqual(before.filter(({ id }) => id !== message.id))
    expect(after[1].content).toBe('New')
  })

  it('moves the chat to the time of the edit', async () => {
    const { edit, chatTimes } = await someoneWithMessages()
    const before = await chatTimes()
    await edit({ message: 'New' })
    const after = await chatTimes()
    expect(after.created_at).toBe(before.created_at)
    expect(after.updated_at > before.updated_at).toBe(true)
  })

  it('puts the chat in front of the others of the project', async () => {
    const { ada, chat, edit } = await someoneWithMessages()
    const later = await chatOf(ada)
    const order = async () => (await ada.get(`/api/users/${ada.id}/chats`)).body.chats.map(({ id }: Json) => id)
    expect(await order()).toStrictEqual([later.id, chat.id])
    await edit({ message: 'New' })
    expect(await order()).toStrictEqual([chat.id, later.id])
  })

  it('takes 1,000,000 characters', async () => {
    const { edit } = await someoneWithMessages()
    const { status, body } = await edit({ content: '😀'.repeat(1_000_000) })
    expect([status, [...body.chatMessage.content].length]).toStrictEqual([200, 1_000_000])
  })

  it.each<[string, unknown]>([
    ['nothing at all', undefined],
    ['neither spelling', { role: 'user' }],
    ['two that differ', { message: 'New', content: 'Other' }],
    ['an empty message', { message: '' }],
    ['null', { message: null }],
    ['a number', { message: 7 }],
    ['more than 1,000,000 characters', { message: 'x'.repeat(1_000_001) }],
    ['a NUL', { message: 'a\0' }],
    ['half an emoji', { message: '\ud83d' }],
  ])('refuses %s, and stays as it was', async (_, body) => {
    const { edit, list, chatTimes } = await someoneWithMessages()
    const state = async () => [(await list()).map(withoutLinks), await chatTimes()]
    const before = await state()
    expectInvalid(await edit(body), complaint, 'message')
    expect(await state()).toStrictEqual(before)
  })

  it('names the other spelling where that is at fault', async () => {
    const { edit } = await someoneWithMessages()
    expectInvalid(await edit({ content: '' }), complaint, 'content')
  })

  it('is in its own chat only, and does not move the other', async () => {
    const { ada, elsewhere, other, list } = await inAnotherChat()
    const before = (await ada.get(other)).body.chat
    expectError(await ada.send('PATCH', elsewhere, { message: 'New' }), 404, 'Message not found')
    expect((await list())[1].content).toBe('Two')
    expect((await ada.get(other)).body.chat).toStrictEqual(before)
  })
})

describe('deleting a message', () => {
  it('is answered with true, and it is gone', async () => {
    const { ada, path } = await someoneWithMessages()
    expectJson(await ada.send('DELETE', path), 200, true)
    expectError(await ada.get(path), 404, 'Message not found')
    expectError(await ada.send('PATCH', path, { message: 'New' }), 404, 'Message not found')
    expectError(await ada.send('DELETE', path), 404, 'Message not found')
  })

  it('leaves the others where they are', async () => {
    const { ada, first, last, path, list } = await someoneWithMessages()
    await ada.send('DELETE', path)
    expect(await list()).toStrictEqual([first, last])
  })

  it('takes its files along, and their links with them', async () => {
    const { ada, chatPath, message: { files: [file] }, path } = await someoneWithMessages()
    expect((await follow(file.url)).status).toBe(200)
    await ada.send('DELETE', path)
    expectError(await follow(file.url), 404, 'File not found')
    expect((await ada.get(`${chatPath}/files`)).body).toStrictEqual({ chatFiles: [] })
  })

  it('moves the chat', async () => {
    const { ada, path, chatTimes } = await someoneWithMessages()
    const before = await chatTimes()
    await ada.send('DELETE', path)
    expect((await chatTimes()).updated_at > before.updated_at).toBe(true)
  })

  it('is for messages of this chat only, and does not move it otherwise', async () => {
    const { ada, elsewhere, other, list } = await inAnotherChat()
    const before = (await ada.get(other)).body.chat
    expectError(await ada.send('DELETE', elsewhere), 404, 'Message not found')
    expect(await list()).toHaveLength(3)
    expect((await ada.get(other)).body.chat).toStrictEqual(before)
  })
})
