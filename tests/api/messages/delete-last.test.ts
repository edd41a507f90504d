import { describe, expect, it } from 'vitest'
import { aTime, expectError, expectJson } from '../../support/expect.ts'
import type { Answer, Json } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'

type Role = 'user' | 'assistant' | 'system'

const emptyChat = 'The chat has no messages.'
const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))
const idsOf = (messages: Json[]): number[] => messages.map(({ id }) => id)

/** Somebody with a chat in which these spoke, in this order. */
async function chatWith(...roles: Role[]) {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const said = await messagesIn(ada, chat, ...roles.map((actor, i) => ({ actor, message: `${i}` })))
  const path = `/api/users/${ada.id}/chats/${chat.id}`
  const left = async (): Promise<Json[]> => (await ada.get(`${path}/messages`)).body.chatMessages
  const updatedAt = async (): Promise<string> => (await ada.get(path)).body.chat.updated_at
  return { ada, chat, said, path, left, updatedAt, takeBack: () => ada.send('DELETE', `${path}/messages/last`) }
}

async function emptied() {
  const chat = await chatWith('user')
  await chat.takeBack()
  return chat
}

const exchange = (assistant: unknown, user: unknown) =>
  ({ maybeAssistantMessageToDelete: assistant, maybeUserMessageToDelete: user })
const unanswered = (ids: number[]) => ({ deletedSuccessfully: ids, failedToDelete: [] })

/** What an answer says was deleted. */
const takenBy = ({ body }: Answer): number[] =>
  body.deletedSuccessfully ?? idsOf([body.maybeUserMessageToDelete, body.maybeAssistantMessageToDelete].filter(Boolean))

describe('taking back the last exchange', () => {
  it('takes the answer with its question, and says what they were', async () => {
    const { said, left, takeBack } = await chatWith('user', 'assistant', 'user', 'assistant')
    expectJson(await takeBack(), 200, exchange(said[3], said[2]))
    expect(await left()).toStrictEqual(said.slice(0, 2))
  })

  it('says so with all fields of a message, its files and no other', async () => {
    const { ada, chat, takeBack } = await chatWith('user', 'assistant')
    await messagesIn(ada, chat, 'Look', { actor: 'assistant', message: 'Here', files: [{ title: 'a.txt', text: 'Hello' }] })
    const { body } = await takeBack()
    expect(body.maybeUserMessageToDelete.files).toStrictEqual([])
    expect(body.maybeAssistantMessageToDelete).toStrictEqual({
      id: expect.any(Number),
      chat_conversation_id: chat.id,
      neptun_user_id: ada.id,
      role: 'assistant',
      actor: 'assistant',
      content: 'Here',
      message: 'Here',
      created_at: aTime,
      updated_at: aTime,
      files: [expect.objectContaining({ name: 'a.txt', text: 'Hello', size: 5 })],
    })
  })

  it('takes the files along, and their links with them', async () => {
    const { ada, chat, path, takeBack } = await chatWith('user', 'assistant')
    const [{ files: [file] }] = await messagesIn(ada, chat, { message: 'Look', files: [{ title: 'a.txt', text: 'Hello' }] })
    expect((await follow(file.url)).status).toBe(200)
    await takeBack()
    expectError(await follow(file.url), 404, 'File not found')
    expect((await ada.get(`${path}/files`)).body).toStrictEqual({ chatFiles: [] })
  })

  it('moves the chat', async () => {
    const { updatedAt, takeBack } = await chatWith('user', 'assistant')
    const before = await updatedAt()
    await takeBack()
    expect(await updatedAt() > before).toBe(true)
  })

  it.each<[string, Role[]]>([
    ['a chat of one answer', ['assistant']],
    ['an answer after another', ['user', 'assistant', 'assistant']],
    ['an answer after the system', ['user', 'system', 'assistant']],
    ['the system after a question', ['user', 'system']],
    ['the system after an answer', ['user', 'assistant', 'system']],
    ['the system after the system', ['system', 'system']],
    ['the system alone', ['system']],
  ])('takes the last message alone where no question is before it: %s', async (_, roles) => {
    const { said, left, takeBack } = await chatWith(...roles)
    expectJson(await takeBack(), 200, exchange(said.at(-1), null))
    expect(await left()).toStrictEqual(said.slice(0, -1))
  })

  it('takes only the last of several questions with their answer', async () => {
    const { said, left, takeBack } = await chatWith('user', 'user', 'assistant')
    expectJson(await takeBack(), 200, exchange(said[2], said[1]))
    expect(await left()).toStrictEqual([said[0]])
  })

  it.each<[string, Role[], number]>([
    ['one after an answer', ['user', 'assistant', 'user'], 1],
    ['three after an answer', ['user', 'assistant', 'user', 'user', 'user'], 3],
    ['two after the system', ['system', 'user', 'user'], 2],
    ['one that is the whole chat', ['user'], 1],
    ['three that are the whole chat', ['user', 'user', 'user'], 3],
  ])('takes the questions together that nothing answers yet: %s', async (_, roles, count) => {
    const { said, left, takeBack } = await chatWith(...roles)
    expectJson(await takeBack(), 200, unanswered(idsOf(said.slice(-count))))
    expect(await left()).toStrictEqual(said.slice(0, -count))
  })

  it('is a 400 for an empty chat, which does not move', async () => {
    const { updatedAt, takeBack } = await emptied()
    const before = await updatedAt()
    expectError(await takeBack(), 400, emptyChat)
    expect(await updatedAt()).toBe(before)
  })

  it('is a 400 for a chat in which nothing was ever said', async () => {
    const ada = await signedInUser()
    const { id } = await chatOf(ada)
    expectError(await ada.send('DELETE', `/api/users/${ada.id}/chats/${id}/messages/last`), 400, emptyChat)
  })

  it('goes one step at a time, until nothing is left', async () => {
    const { said, takeBack } = await chatWith('system', 'user', 'assistant', 'user', 'user', 'assistant', 'assistant', 'user', 'user')
    const [system, u1, a1, u2, u3, a2, a3, u4, u5] = said
    const steps = [
      unanswered(idsOf([u4, u5])),
      exchange(a3, null),
      exchange(a2, u3),
      unanswered([u2.id]),
      exchange(a1, u1),
      exchange(system, null),
    ]
    for (const step of steps) expectJson(await takeBack(), 200, step)
    expectError(await takeBack(), 400, emptyChat)
    expectError(await takeBack(), 400, emptyChat)
  })

  it('goes by what a message is, and not by when it was edited', async () => {
    const { ada, path, said, left, takeBack } = await chatWith('user', 'assistant', 'user', 'assistant')
    await ada.send('PATCH', `${path}/messages/${said[0].id}`, { message: 'New' })
    expect(takenBy(await takeBack())).toStrictEqual(idsOf(said.slice(2)))
    expect(idsOf(await left())).toStrictEqual(idsOf(said.slice(0, 2)))
  })

  it('touches no other chat', async () => {
    const { ada, takeBack } = await chatWith('user', 'assistant')
    const other = await chatOf(ada)
    const kept = await messagesIn(ada, other, 'Question', 'Answer', 'Question')
    await takeBack()
    expect((await takeBack()).status).toBe(400)
    expect((await ada.get(`/api/users/${ada.id}/chats/${other.id}/messages`)).body.chatMessages).toStrictEqual(kept)
  })
})

describe('taking back at the same time', () => {
  it('takes ten exchanges in ten answers, and never one twice or a half', async () => {
    const { said, left, takeBack } = await chatWith(...times(20, i => i % 2 ? 'assistant' as const : 'user' as const))
    const answers = await Promise.all(times(20, takeBack))
    const taken = answers.filter(({ status }) => status === 200)
    expect(taken).toHaveLength(10)
    for (const { body } of taken) {
      expect(body).toStrictEqual(exchange(expect.anything(), expect.anything()))
      expect(body.maybeAssistantMessageToDelete.role).toBe('assistant')
      // One is the question of the other: they were added one after the other.
      const place = idsOf(said).indexOf(body.maybeUserMessageToDelete.id)
      expect(body.maybeAssistantMessageToDelete.id).toBe(said[place + 1].id)
    }
    expect(taken.flatMap(takenBy).sort((a, b) => a - b)).toStrictEqual(idsOf(said))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused).toHaveLength(10)
    for (const answer of refused) expectError(answer, 400, emptyChat)
    expect(await left()).toStrictEqual([])
  })

  it('takes questions that nothing answers yet once, all in one answer', async () => {
    const { said, left, takeBack } = await chatWith('user', 'assistant', 'user', 'user', 'user')
    const answers = await Promise.all(times(20, takeBack))
    const taken = answers.filter(({ status }) => status === 200).map(takenBy)
    expect(taken.toSorted((a, b) => b.length - a.length)).toStrictEqual([idsOf(said.slice(2)), idsOf(said.slice(0, 2))])
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(18)
    expect(await left()).toStrictEqual([])
  })

  it('loses nothing that is added meanwhile, and halves no exchange', async () => {
    const { ada, chat, said, left, takeBack } = await chatWith('user', 'assistant')
    const adding = times(10, i => messagesIn(ada, chat, `Question ${i}`, `Answer ${i}`))
    const taking = times(10, takeBack)
    const [added, answers] = [await Promise.all(adding), await Promise.all(taking)]
    const exchanges = [said, ...added].map(idsOf)
    const taken = answers.filter(({ status }) => status === 200).map(takenBy)
    for (const ids of taken) expect(exchanges).toContainEqual(ids)
    const kept = idsOf(await left())
    expect([...taken.flat(), ...kept].sort((a, b) => a - b)).toStrictEqual(exchanges.flat().sort((a, b) => a - b))
    for (const ids of exchanges) expect([0, 2]).toContain(ids.filter(id => kept.includes(id)).length)
  })
})
