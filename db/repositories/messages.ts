import { and, desc, eq, getTableColumns, gte, max, ne, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { EmptyChatError, notFound } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { ChatKey, MessageKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { readPage, readRow, type Json, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { messages } from '../schema/index.ts'
import type { Reader } from '../session-reader.ts'
import { chatOfFilter, touchChat } from './chats.ts'
import { filesOfMessages } from './files.ts'

const isInChat = (key: ChatKey) =>
  and(eq(messages.neptun_user_id, key.user_id), eq(messages.chat_conversation_id, key.chat_id))

const isMessage = (key: MessageKey) => and(isInChat(key), eq(messages.id, key.message_id))

const fields = {
  ...getTableColumns(messages),
  actor: messages.role,
  message: messages.content,
  timestamp: messages.created_at,
  files: 'children',
} as const

/** The messages of the chat that a filter names. */
export const ownMessages = {
  table: messages,
  fields,
  parent: chatOfFilter,
  bytes: sql`octet_length(${messages.content})`,
  children: filesOfMessages,
} satisfies Rows

export type MessageView = View<keyof typeof fields>

/**
 * The messages of a chat with their files.
 * @throws NotFoundError if the user has no such chat
 */
export function listMessages(
  reader: Reader,
  { user_id, chat_id }: ChatKey,
  page: Page<'id'> & { view: MessageView },
): Promise<JsonPage> {
  return readPage(reader, ownMessages, { neptun_user_id: user_id, chat_conversation_id: chat_id }, page)
}

/** @throws NotFoundError if the user has no such chat, or the chat no such message */
export async function getMessage(reader: Reader, key: MessageKey, view: MessageView): Promise<Json> {
  const { user_id, chat_id, message_id } = key
  const filter = { neptun_user_id: user_id, chat_conversation_id: chat_id, id: message_id }
  return await readRow(reader, ownMessages, filter, view) ?? notFound('Message')
}

/**
 * Replaces the content of a message.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function updateMessage(db: Executor, key: MessageKey, content: string, view: MessageView): Promise<Json> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, key)
    await tx.update(messages).set({ content, updated_at: at }).where(isMessage(key))
    return getMessage(tx, key, view)
  })
}

/**
 * Deletes a message and its files.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function deleteMessage(db: Executor, key: MessageKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await touchChat(tx, key)
    const deleted = await tx.delete(messages).where(isMessage(key)).returning({ id: messages.id })
    if (deleted.length === 0) notFound('Message')
    return true
  })
}

/** The messages that were deleted: ids of unanswered user messages, or the last message and perhaps its question. */
export type DeletedLastMessages = { unanswered: number[] } | { last: Json, question: Json | null }

/**
 * Deletes the end of a chat: all trailing user messages; otherwise the last message, together with the user message
 * that it answers. Concurrent calls run one after the other.
 * @throws NotFoundError if the user has no such chat
 * @throws EmptyChatError if the chat has no messages; its timestamp does not change
 */
export function deleteLastMessages(db: Executor, key: ChatKey, view: MessageView): Promise<DeletedLastMessages> {
  return db.transaction(async (tx) => {
    await touchChat(tx, key)
    const [last, previous] = await tx.select({ id: messages.id, role: messages.role }).from(messages)
      .where(isInChat(key)).orderBy(desc(messages.id)).limit(2)
    if (!last) throw new EmptyChatError()
    if (last.role === 'user') {
      const lastAnswer = tx.select({ id: max(messages.id) }).from(messages)
        .where(and(isInChat(key), ne(messages.role, 'user')))
      const deleted = await tx.delete(messages)
        .where(and(isInChat(key), sql`${messages.id} > coalesce(${lastAnswer}, 0)`))
        .returning({ id: messages.id })
      return { unanswered: deleted.map(({ id }) => id).sort((a, b) => a - b) }
    }
    const question = last.role === 'assistant' && previous?.role === 'user' ? previous : null
    const read = ({ id }: { id: number }) => getMessage(tx, { ...key, message_id: id }, view)
    const result = { last: await read(last), question: question && await read(question) }
    await tx.delete(messages).where(and(isInChat(key), gte(messages.id, (question ?? last).id)))
    return result
  })
}
