import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { maxFilesPerMessage, maxInlineTextBytes, maxMessageTextBytes } from '#db/rules'
import { errorBody } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser, type TestUser } from '../../support/factories.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const file = (text: string) => ({ title: 'a.txt', text })

async function userWithMessages(...texts: string[]) {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const messages = await appendMessages(owner, chat, ...texts)
  const path = `/api/users/${owner.id}/chats/${chat.id}` as const
  return {
    owner,
    chat,
    messages,
    add: (i: number, body: unknown) => owner.post(`${path}/files/${messages[i]!.id}`, body),
    list: async () => (await owner.get(`${path}/messages`)).body.chatMessages,
  }
}

/** Adds files to messages, which takes too long one request after another. */
async function insertFiles(
  owner: TestUser, chat: { id: number }, messages: { id: number }[], count: number, text = '',
) {
  await db.execute(sql`
    with added as (
      insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
        extension, size, type, is_text)
      select ${owner.id}, ${chat.id}, message, 'a.txt', 'a.txt', 'Text', 'txt', ${Buffer.byteLength(text)}::int,
        'text/plain', true
      from unnest(${`{${messages.map(({ id }) => id).join()}}`}::bigint[]) message, generate_series(1, ${count}::int)
      returning id)
    insert into file_contents (neptun_user_id, file_id, content)
    select ${owner.id}, id, convert_to(${text}, 'UTF8') from added`)
}

describe('the files of a message', () => {
  it('are limited in number', async () => {
    const { owner, chat, messages, add, list } = await userWithMessages('One', 'Two')
    await insertFiles(owner, chat, [messages[0]], maxFilesPerMessage - 2)
    const { status, body } = await add(0, { files: [file('1'), file('2'), file('3')] })
    expect([status, body])
      .toStrictEqual([409, errorBody(409, 'The message has the maximum number of files.')])
    expect((await add(0, { files: [file('1'), file('2')] })).status).toBe(201)
    expect((await add(0, file('3'))).status).toBe(409)
    expect((await add(1, file('4'))).status).toBe(201)
    expect((await list()).map(({ files }) => files.length)).toEqual([maxFilesPerMessage, 1])
  })

  it('are limited in the text that is returned with them', async () => {
    const { owner, chat, messages, add, list } = await userWithMessages('One')
    const largest = 'x'.repeat(maxInlineTextBytes)
    await insertFiles(owner, chat, messages, maxMessageTextBytes / maxInlineTextBytes, largest)
    const { status, body } = await add(0, file('1'))
    expect([status, body])
      .toStrictEqual([409, errorBody(409, 'The files of the message have the maximum amount of text.')])
    // Their text is not returned.
    expect((await add(0, { files: [file(`${largest}x`), file('')] })).status).toBe(201)
    const [message] = await list()
    expect(message!.files.map(({ text }) => text.length))
      .toEqual([...Array<number>(maxMessageTextBytes / maxInlineTextBytes).fill(maxInlineTextBytes), 0, 0])
  })

  it('count for the size of a page, even if they have no text', async () => {
    const texts = Array.from({ length: 30 }, (_, i) => `Message ${i}`)
    const { owner, chat, messages, list } = await userWithMessages(...texts)
    await insertFiles(owner, chat, messages, 200)
    const path = `/api/users/${owner.id}/chats/${chat.id}/messages` as const
    const { body: { chatMessages, next_cursor } } = await owner.get(`${path}?limit=30`)
    expect(chatMessages.length).toBeLessThan(30)
    const rest = (await owner.get(`${path}?limit=30&cursor=${next_cursor}`)).body.chatMessages
    const all = await list()
    expect(all).toMatchObject(texts.map(message => ({ message, files: Array(200).fill({ title: 'a.txt' }) })))
    expect([...chatMessages, ...rest].map(({ id, files }) => [id, files.map(({ id }) => id)]))
      .toEqual(all.map(({ id, files }) => [id, files.map(({ id }) => id)]))
  })
})
