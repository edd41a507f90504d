import { describe, expect, it } from 'vitest'
import { createChat, signedInUser } from '../../support/factories.ts'

const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))

async function userWithChat() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const path = `/api/users/${owner.id}/chats/${chat.id}` as const
  const listMessages = async () => (await owner.get(`${path}/messages`)).body.chatMessages
  return { owner, path, listMessages, append: (body: unknown) => owner.post(`${path}/messages`, body) }
}

describe('concurrent POSTs to one chat', () => {
  it('keeps ten lists of messages together and in order', async () => {
    const { append, listMessages } = await userWithChat()
    const batches = times(10, batch => times(20, i => `${batch}:${i}`))
    const responses = await Promise.all(batches.map(batch =>
      append({ messages: batch.map(message => ({ message, actor: 'user' })) })))
    expect(responses.map(({ status }) => status)).toStrictEqual(times(10, () => 201))
    const listed = (await listMessages()).map(({ content }) => content)
    const order = times(10, i => Number(listed[i * 20]!.split(':')[0]))
    expect(listed).toStrictEqual(order.flatMap(batch => batches[batch]!))
  })

  it('stores the messages and files of fifty clients, each batch together and in order', async () => {
    const { owner, path, append, listMessages } = await userWithChat()
    const batch = (client: number) => ['question', 'answer', 'thanks'].map((text, i) => ({
      message: `${client}: ${text}`,
      actor: i % 2 ? 'assistant' : 'user',
      files: i ? [] : [{ title: `${client}.txt`, text: `${client}` }],
    }))

    const responses = await Promise.all(times(50, client => append({ messages: batch(client) })))
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]))

    const chatMessages = await listMessages()
    expect(chatMessages).toHaveLength(150)
    for (let i = 0; i < 150; i += 3) {
      const first = chatMessages[i]!
      const [client] = first.content.split(':')
      const contents = chatMessages.slice(i, i + 3).map(({ content }) => content)
      expect(contents).toEqual(batch(Number(client)).map(({ message }) => message))
      expect(first.files.map(({ text }) => text)).toEqual([client])
    }
    const timestamps = chatMessages.map(({ created_at }) => created_at)
    expect(timestamps).toEqual([...timestamps].sort())
    expect((await owner.get(path)).body.chat.updated_at).toBe(timestamps.at(-1))
  })
})
