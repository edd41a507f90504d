import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { createChat } from '../../tests/support/factories.ts'
import type { Context } from '../part.ts'
import { signUp } from '../users.ts'
import { hasStatus, moment, times, together } from './run-together.ts'

interface Message {
  id: number
  content: string
}

const [batches, batchSize, deletions] = [6, 3, 4]

/** Appends batches of messages while the last ones are deleted, and perhaps the chat. */
export async function appendAndDelete(context: Context, { deletesChat }: { deletesChat: boolean }): Promise<void> {
  const kind = deletesChat ? 'append, delete last, delete chat' : 'append, delete last'
  const { tally, url, db } = context
  const user = await signUp(url)
  const chat = await createChat(user)
  const path = `/api/users/${user.id}/chats/${chat.id}` as const
  const append = async (batch: number) => {
    await moment()
    return user.post(`${path}/messages`, { messages: times(batchSize, i => messageOf(batch, i)) })
  }
  const remove = async (target: string) => {
    await moment()
    return user.send('DELETE', `${path}${target}`)
  }
  const appended = together(context, kind, deletesChat ? [201, 404] : [201], times(batches, append))
  const deleted = together(context, kind, deletesChat ? [200, 400, 404] : [200, 400],
    times(deletions, () => remove('/messages/last')))
  const chatDeletion = together(context, kind, [200], deletesChat ? [remove('')] : [])

  const acknowledged = (await appended).filter(hasStatus(201))
    .map(({ body }) => (body as { chatMessages: Message[] }).chatMessages)
  const deletedIds = (await deleted).filter(hasStatus(200)).flatMap(({ body }) => deletedBy(body))
  const isGone = (await chatDeletion).some(hasStatus(200))
  const stored = await db.execute<{ id: number, content: string, created_at: string, files: number }>(sql`
    select m.id::int, m.content, m.created_at::text,
      (select count(*) from files f join file_contents using (neptun_user_id)
        where f.chat_conversation_message_id = m.id and file_id = f.id)::int as files
    from messages m where m.neptun_user_id = ${user.id} and m.chat_conversation_id = ${chat.id} order by m.id`)

  const all = acknowledged.flat().toSorted((a, b) => a.id - b.id)
  const expected = isGone ? [] : all.filter(({ id }) => !deletedIds.includes(id))
  const show = () => JSON.stringify({ path, acknowledged, deletedIds, stored })
  const check = (isRight: boolean, what: string) => isRight || tally.fell(kind, what, show())
  check(isDeepStrictEqual(stored.map(({ id, content }) => ({ id, content })), expected.map(({ id, content }) =>
    ({ id, content }))), 'what is stored is not what was acknowledged')
  check(new Set(deletedIds).size === deletedIds.length, 'a message was deleted twice')
  check(deletedIds.every(id => all.some(message => message.id === id)), 'an unacknowledged message was deleted')
  check(acknowledged.every(batch => isTogether(batch, all)), 'a batch is out of order')
  check(stored.every(({ content, files }) => files === (content.endsWith('.0') ? 1 : 0)), 'a file is missing')
  check(stored.every(({ created_at }, i) => i === 0 || stored[i - 1]!.created_at <= created_at), 'time goes backwards')
}

/** A message that names its batch. The first of a batch has a file. */
const messageOf = (batch: number, i: number) => ({
  actor: i % 2 ? 'assistant' : 'user',
  message: `${batch}.${i}`,
  files: i === 0 ? [{ title: 'a.txt', text: 'Here' }] : [],
})

/** The ids that a deletion of the last messages reports. */
function deletedBy(body: unknown): number[] {
  const { deletedSuccessfully, maybeAssistantMessageToDelete, maybeUserMessageToDelete }
    = body as Partial<Record<string, unknown>>
  const messages = [maybeAssistantMessageToDelete, maybeUserMessageToDelete] as (Message | null | undefined)[]
  return [...(deletedSuccessfully ?? []) as number[], ...messages.flatMap(message => message ? [message.id] : [])]
}

/** Whether the messages of a batch follow one another, in the order of the request. */
function isTogether(batch: readonly Message[], all: readonly Message[]): boolean {
  const first = all.findIndex(({ id }) => id === batch[0]!.id)
  return batch.every(({ id, content }, i) => all[first + i]!.id === id && content.endsWith(`.${i}`))
}
