import { expect, it } from 'vitest'
import type { Json } from '../../support/http.ts'
import { chatOf, signedInUser } from '../../support/world.ts'

it('fifty clients that append to one chat at once lose nothing, and each batch stays together and in order', async () => {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const path = `/api/users/${ada.id}/chats/${chat.id}`
  const batch = (client: number) => ['question', 'answer', 'thanks'].map((what, i) =>
    ({ message: `${client}: ${what}`, actor: i % 2 ? 'assistant' : 'user', files: i ? [] : [{ title: `${client}.txt`, text: `${client}` }] }))

  const answers = await Promise.all(Array.from({ length: 50 }, (_, client) => ada.post(`${path}/messages`, { messages: batch(client) })))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))

  const { chatMessages } = (await ada.get(`${path}/messages`)).body
  expect(chatMessages).toHaveLength(150)
  for (let i = 0; i < 150; i += 3) {
    const [first, ...others]: Json[] = chatMessages.slice(i, i + 3)
    const [client] = first.content.split(':')
    expect([first, ...others].map(({ content }) => content)).toEqual(batch(Number(client)).map(({ message }) => message))
    expect(first.files.map(({ text }: Json) => text)).toEqual([client])
  }
  const times = chatMessages.map(({ created_at }: Json) => created_at)
  expect(times).toEqual([...times].sort())
  expect((await ada.get(path)).body.chat.updated_at).toBe(times.at(-1))
})
