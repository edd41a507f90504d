import { and, desc, eq, getTableColumns, gte, max, ne, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { EmptyChatError, notFound, PreconditionFailedError } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { ChatKey, MessageKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { commitWith } from '../pipeline-transactions.ts'
import { readPage, readRow, type Json, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { files, messages } from '../schema/index.ts'
import type { Reader } from '../session-reader.ts'
import { defineStatement, value } from '../statement.ts'
import { hasVersion, nextVersion, type Versions } from '../versions.ts'
import { chatOfFilter } from './chats.ts'
import { filesOfMessages } from './files.ts'
import { touchChat } from './touch-chat.ts'
import { assertRoom, countUsage, type Quotas } from './usage.ts'
import { preventAccountDeletion } from './users.ts'

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
  version: messages.version,
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

/**
 * Messages of a chat with their files, by their ids.
 * @param page with a limit of at least as many
 * @throws NotFoundError if the user has no such chat, or the chat lacks one of the messages
 */
export async function listMessagesById(
  reader: Reader,
  { user_id, chat_id }: ChatKey,
  ids: number[],
  page: Page<'id'> & { view: MessageView },
): Promise<JsonPage> {
  const filter = { neptun_user_id: user_id, chat_conversation_id: chat_id, id: ids }
  const listed = await readPage(reader, ownMessages, filter, page)
  if (!page.after && listed.found < ids.length) notFound('Message')
  return listed
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
 * @throws PreconditionFailedError if it has none of the versions
 * @throws QuotaExceededError if there is no room for it
 */
export function updateMessage(
  db: Executor,
  key: MessageKey,
  content: string,
  view: MessageView,
  quotas: Quotas,
  versions?: Versions,
): Promise<Json> {
  return db.transaction(async (tx) => {
    const { at } = await touchChat(tx, key)
    const isAllowed = and(isMessage(key), hasVersion(messages.version, versions))
    const [previous] = await tx.select({ bytes: sql<number>`octet_length(${messages.content})` }).from(messages)
      .where(isAllowed)
    if (!previous) return throwUnmatched(tx, key)
    const added = { bytes: Buffer.byteLength(content) - previous.bytes }
    await assertRoom(tx, key, added, quotas)
    await tx.update(messages).set({ content, version: nextVersion(messages.version), updated_at: at }).where(isAllowed)
    const updated = await getMessage(tx, key, view)
    await commitWith(tx, countUsage(tx, key, added))
    return updated
  })
}

/**
 * Deletes a message and its files.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 * @throws PreconditionFailedError if it has none of the versions
 */
export function deleteMessage(db: Executor, key: MessageKey, versions?: Versions): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await touchChat(tx, key, -1)
    const bytes = await bytesOf(tx, key, key.message_id, key.message_id)
    const deleted = await tx.delete(messages)
      .where(and(isMessage(key), hasVersion(messages.version, versions)))
      .returning({ id: messages.id })
    if (deleted.length === 0) return throwUnmatched(tx, key)
    await commitWith(tx, countUsage(tx, key, { bytes: -bytes }))
    return true
  })
}

/** Throws the error for a message that does not exist, or has another version. */
async function throwUnmatched(tx: Transaction, key: MessageKey): Promise<never> {
  const [message] = await tx.select({ id: messages.id }).from(messages).where(isMessage(key))
  if (!message) notFound('Message')
  throw new PreconditionFailedError()
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
    // Updating the chat once more below locks the account as well.
    await Promise.all([preventAccountDeletion(tx, key), touchChat(tx, key)])
    const [last, previous] = await tx.select({ id: messages.id, role: messages.role }).from(messages)
      .where(isInChat(key)).orderBy(desc(messages.id)).limit(2)
    if (!last) throw new EmptyChatError()
    if (last.role === 'user') {
      const [answer] = await tx.select({ id: max(messages.id) }).from(messages)
        .where(and(isInChat(key), ne(messages.role, 'user')))
      const deleted = await deleteFrom(tx, key, (answer?.id ?? 0) + 1)
      return { unanswered: deleted.sort((a, b) => a - b) }
    }
    const question = last.role === 'assistant' && previous?.role === 'user' ? previous : null
    const read = ({ id }: { id: number }) => getMessage(tx, { ...key, message_id: id }, view)
    const result = { last: await read(last), question: question && await read(question) }
    await deleteFrom(tx, key, (question ?? last).id)
    return result
  })
}

/** Deletes the messages from an id on. Returns their ids. */
async function deleteFrom(tx: Transaction, key: ChatKey, id: number): Promise<number[]> {
  const bytes = await bytesOf(tx, key, id, Number.MAX_SAFE_INTEGER)
  const deleted = await tx.delete(messages).where(and(isInChat(key), gte(messages.id, id)))
    .returning({ id: messages.id })
  await touchChat(tx, key, -deleted.length)
  await countUsage(tx, key, { bytes: -bytes })
  return deleted.map(({ id }) => id)
}

const selectBytes = defineStatement<{ bytes: string }>(() => sql`
  select coalesce(sum(bytes), 0) as bytes from (
    select octet_length(content) as bytes from ${messages}
    where ${messages.neptun_user_id} = ${value('user_id')} and ${messages.chat_conversation_id} = ${value('chat_id')}
      and ${messages.id} between ${value('first')} and ${value('last')}
    union all
    select size from ${files}
    where ${files.neptun_user_id} = ${value('user_id')} and ${files.chat_conversation_id} = ${value('chat_id')}
      and ${files.chat_conversation_message_id} between ${value('first')} and ${value('last')}) as stored`)

/** The bytes of messages in a range of ids, with their files. */
async function bytesOf(tx: Transaction, { user_id, chat_id }: ChatKey, first: number, last: number): Promise<number> {
  const [sum] = await selectBytes(tx, { user_id, chat_id, first, last })
  return Number(sum!.bytes)
}
