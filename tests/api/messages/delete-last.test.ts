import { describe, expect, it } from 'vitest'
import { anyTimestamp, expectError, expectJson } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import type { ApiResponse } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import type { OperationBody } from '../../support/response-types.ts'

type Role = 'user' | 'assistant' | 'system'

const emptyChatError = 'The chat has no messages.'
const times = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i))
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id)

/** A chat with one message per role, in the given order. */
async function chatWith(...roles: Role[]) {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const messages = await appendMessages(owner, chat, ...roles.map((actor, i) => ({ actor, message: `${i}` })))
  const path = `/api/users/${owner.id}/chats/${chat.id}` as const
  const listMessages = async () => (await owner.get(`${path}/messages`)).body.chatMessages
  const updatedAt = async () => (await owner.get(path)).body.chat.updated_at
  const deleteLast = () => owner.send('DELETE', `${path}/messages/last`)
  return { owner, chat, messages, path, listMessages, updatedAt, deleteLast }
}

const deletedExchange = (assistant: unknown, user: unknown) =>
  ({ maybeAssistantMessageToDelete: assistant, maybeUserMessageToDelete: user })
const deletedQuestions = (ids: number[]) => ({ deletedSuccessfully: ids, failedToDelete: [] })

/** The ids of the messages that a response reports as deleted. */
const deletedIds = ({ body }: ApiResponse<OperationBody<'deleteLastMessages'>>): number[] =>
  body.deletedSuccessfully
  ?? idsOf([body.maybeUserMessageToDelete, body.maybeAssistantMessageToDelete].filter(message => message !== null))

describe('DELETE /api/users/[user_id]/chats/[chat_id]/messages/last', () => {
  it('deletes the last question with its answer and returns both', async () => {
    const { messages, listMessages, deleteLast } = await chatWith('user', 'assistant', 'user', 'assistant')
    expectJson(await deleteLast(), 200, deletedExchange(messages[3], messages[2]))
    expect(await listMessages()).toStrictEqual(messages.slice(0, 2))
  })

  it('returns exactly the documented fields, including the files', async () => {
    const { owner, chat, deleteLast } = await chatWith('user', 'assistant')
    const files = [{ title: 'a.txt', text: 'Hello' }]
    await appendMessages(owner, chat, 'Look', { actor: 'assistant', message: 'Here', files })
    const { body } = await deleteLast()
    expect(body.maybeUserMessageToDelete!.files).toStrictEqual([])
    expect(body.maybeAssistantMessageToDelete).toStrictEqual({
      id: expect.any(Number),
      chat_conversation_id: chat.id,
      neptun_user_id: owner.id,
      role: 'assistant',
      actor: 'assistant',
      content: 'Here',
      message: 'Here',
      created_at: anyTimestamp,
      updated_at: anyTimestamp,
      files: [expect.objectContaining({ name: 'a.txt', text: 'Hello', size: 5 })],
    })
  })

  it('deletes the files and invalidates their links', async () => {
    const { owner, chat, path, deleteLast } = await chatWith('user', 'assistant')
    const aFile = { title: 'a.txt', text: 'Hello' }
    const [{ files: [file] }] = await appendMessages(owner, chat, { message: 'Look', files: [aFile] })
    expect((await follow(file.url)).status).toBe(200)
    await deleteLast()
    expectError(await follow(file.url), 404, 'File not found')
    expect((await owner.get(`${path}/files`)).body).toStrictEqual({ chatFiles: [] })
  })

  it('bumps updated_at of the chat', async () => {
    const { updatedAt, deleteLast } = await chatWith('user', 'assistant')
    const before = await updatedAt()
    await deleteLast()
    expect(await updatedAt() > before).toBe(true)
  })

  it.each<[string, Role[]]>([
    ['a single answer', ['assistant']],
    ['an answer after an answer', ['user', 'assistant', 'assistant']],
    ['an answer after a system message', ['user', 'system', 'assistant']],
    ['a system message after a question', ['user', 'system']],
    ['a system message after an answer', ['user', 'assistant', 'system']],
    ['a system message after a system message', ['system', 'system']],
    ['a single system message', ['system']],
  ])('deletes only the last message when no question precedes it: %s', async (_, roles) => {
    const { messages, listMessages, deleteLast } = await chatWith(...roles)
    expectJson(await deleteLast(), 200, deletedExchange(messages.at(-1), null))
    expect(await listMessages()).toStrictEqual(messages.slice(0, -1))
  })

  it('deletes only the last of several questions with their answer', async () => {
    const { messages, listMessages, deleteLast } = await chatWith('user', 'user', 'assistant')
    expectJson(await deleteLast(), 200, deletedExchange(messages[2], messages[1]))
    expect(await listMessages()).toStrictEqual([messages[0]])
  })

  it.each<[string, Role[], number]>([
    ['one after an answer', ['user', 'assistant', 'user'], 1],
    ['three after an answer', ['user', 'assistant', 'user', 'user', 'user'], 3],
    ['two after a system message', ['system', 'user', 'user'], 2],
    ['a single question', ['user'], 1],
    ['three questions only', ['user', 'user', 'user'], 3],
  ])('deletes all trailing unanswered questions: %s', async (_, roles, count) => {
    const { messages, listMessages, deleteLast } = await chatWith(...roles)
    expectJson(await deleteLast(), 200, deletedQuestions(idsOf(messages.slice(-count))))
    expect(await listMessages()).toStrictEqual(messages.slice(0, -count))
  })

  it('returns 400 for an emptied chat and keeps its updated_at', async () => {
    const { updatedAt, deleteLast } = await chatWith('user')
    await deleteLast()
    const before = await updatedAt()
    expectError(await deleteLast(), 400, emptyChatError)
    expect(await updatedAt()).toBe(before)
  })

  it('returns 400 for a new chat', async () => {
    const owner = await signedInUser()
    const { id } = await createChat(owner)
    expectError(await owner.send('DELETE', `/api/users/${owner.id}/chats/${id}/messages/last`), 400, emptyChatError)
  })

  it('deletes step by step until the chat is empty', async () => {
    const { messages: [system, u1, a1, u2, u3, a2, a3, u4, u5], deleteLast } = await chatWith(
      'system', 'user', 'assistant', 'user', 'user', 'assistant', 'assistant', 'user', 'user')
    const steps = [
      deletedQuestions([u4!.id, u5!.id]),
      deletedExchange(a3, null),
      deletedExchange(a2, u3),
      deletedQuestions([u2!.id]),
      deletedExchange(a1, u1),
      deletedExchange(system, null),
    ]
    for (const step of steps) expectJson(await deleteLast(), 200, step)
    expectError(await deleteLast(), 400, emptyChatError)
    expectError(await deleteLast(), 400, emptyChatError)
  })

  it('follows insertion order regardless of edits', async () => {
    const { owner, path, messages, listMessages, deleteLast } = await chatWith('user', 'assistant', 'user', 'assistant')
    await owner.send('PATCH', `${path}/messages/${messages[0].id}`, { message: 'New' })
    expect(deletedIds(await deleteLast())).toStrictEqual(idsOf(messages.slice(2)))
    expect(idsOf(await listMessages())).toStrictEqual(idsOf(messages.slice(0, 2)))
  })

  it('leaves other chats unchanged', async () => {
    const { owner, deleteLast } = await chatWith('user', 'assistant')
    const other = await createChat(owner)
    const kept = await appendMessages(owner, other, 'Question', 'Answer', 'Question')
    await deleteLast()
    expect((await deleteLast()).status).toBe(400)
    expect((await owner.get(`/api/users/${owner.id}/chats/${other.id}/messages`)).body.chatMessages).toStrictEqual(kept)
  })
})

describe('concurrent deletion of the last messages', () => {
  it('deletes each of ten exchanges once and never half of one', async () => {
    const roles = times(20, i => i % 2 ? 'assistant' : 'user')
    const { messages, listMessages, deleteLast } = await chatWith(...roles)
    const responses = await Promise.all(times(20, deleteLast))
    const deleted = responses.filter(({ status }) => status === 200)
    expect(deleted).toHaveLength(10)
    for (const { body } of deleted) {
      expect(body).toStrictEqual(deletedExchange(expect.anything(), expect.anything()))
      const [question, answer] = [body.maybeUserMessageToDelete!, body.maybeAssistantMessageToDelete!]
      expect(answer.role).toBe('assistant')
      // The answer directly follows its question.
      const index = idsOf(messages).indexOf(question.id)
      expect(answer.id).toBe(messages[index + 1]!.id)
    }
    expect(deleted.flatMap(deletedIds).sort((a, b) => a - b)).toStrictEqual(idsOf(messages))
    const rejected = responses.filter(({ status }) => status !== 200)
    expect(rejected).toHaveLength(10)
    for (const response of rejected) expectError(response, 400, emptyChatError)
    expect(await listMessages()).toStrictEqual([])
  })

  it('deletes unanswered questions once, in a single response', async () => {
    const { messages, listMessages, deleteLast } = await chatWith('user', 'assistant', 'user', 'user', 'user')
    const responses = await Promise.all(times(20, deleteLast))
    const deleted = responses.filter(({ status }) => status === 200).map(deletedIds)
    expect(deleted.toSorted((a, b) => b.length - a.length))
      .toStrictEqual([idsOf(messages.slice(2)), idsOf(messages.slice(0, 2))])
    expect(responses.filter(({ status }) => status === 400)).toHaveLength(18)
    expect(await listMessages()).toStrictEqual([])
  })

  it('keeps concurrently added messages and splits no exchange', async () => {
    const { owner, chat, messages, listMessages, deleteLast } = await chatWith('user', 'assistant')
    const appends = times(10, i => appendMessages(owner, chat, `Question ${i}`, `Answer ${i}`))
    const deletions = times(10, deleteLast)
    const [added, responses] = [await Promise.all(appends), await Promise.all(deletions)]
    const exchanges = [messages, ...added].map(idsOf)
    const deleted = responses.filter(({ status }) => status === 200).map(deletedIds)
    for (const ids of deleted) expect(exchanges).toContainEqual(ids)
    const kept = idsOf(await listMessages())
    expect([...deleted.flat(), ...kept].sort((a, b) => a - b)).toStrictEqual(exchanges.flat().sort((a, b) => a - b))
    for (const ids of exchanges) expect([0, 2]).toContain(ids.filter(id => kept.includes(id)).length)
  })
})
