import { and, desc, eq, gte, max, ne, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { EmptyChatError, notFound } from '../errors.ts'
import { afterCursor, inPages, type Page } from '../keyset.ts'
import { messages } from '../schema/index.ts'
import { idsOf, type Written } from '../written.ts'
import { getChat, touchChat, type ChatKey } from './chats.ts'
import { insertFiles, listFilesOfMessages, type FileWithText, type NewFile } from './files.ts'

type Role = typeof messages.$inferSelect['role']
export type Message = typeof messages.$inferSelect & { files: FileWithText[] }

export type SharedMessage = Message & { role: Exclude<Role, 'system'> }

/** Which message of which chat, and whose. */
export interface MessageKey {
  id: number
  chat: ChatKey
}

export interface NewMessage {
  role: Role
  content: string
  files: NewFile[]
}

/**
 * The messages of a chat with their files, in three statements however many there are.
 * @throws NotFoundError if the user has no such chat
 */
export async function listMessages(db: Executor, chat: ChatKey, page: Page<'id'>): Promise<Message[]> {
  await getChat(db, chat)
  const rows = db.select().from(messages).where(and(isInChat(chat), afterCursor(messages, page)))
  return withFiles(db, chat, await inPages(rows.$dynamic(), messages, page))
}

/** What a shared chat shows: all that was said in it, oldest first, but none of the system's instructions. */
export async function listSharedMessages(db: Executor, chat: ChatKey): Promise<SharedMessage[]> {
  return withFiles(db, chat, await db.select().from(messages)
    .where(and(isInChat(chat), ne(messages.role, 'system')))
    .orderBy(messages.id)) as Promise<SharedMessage[]>
}

/**
 * Adds messages with their files to a chat, in the given order: all of them or none.
 * @throws NotFoundError if the user has no such chat
 */
export function appendMessages(db: Executor, chat: ChatKey, added: NewMessage[]): Promise<Message[]> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, chat)
    // One parameter whatever the number of messages, so that the statement is always the same and stays prepared.
    const written = await tx.execute<Written>(sql`
      insert into ${messages} (neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
      select ${chat.ownerId}, ${chat.id}, role, content, ${at.toISOString()}, ${at.toISOString()}
      from rows from (json_to_recordset(${JSON.stringify(added.map(({ role, content }) => ({ role, content })))}::json)
        as (role message_role, content text)) with ordinality as added (role, content, position)
      order by position
      returning id`)
    const rows = idsOf(written).map((id, i) => ({
      id,
      neptun_user_id: chat.ownerId,
      chat_conversation_id: chat.id,
      role: added[i]!.role,
      content: added[i]!.content,
      created_at: at,
      updated_at: at,
    }))
    const files = rows.flatMap(({ id }, i) => added[i]!.files.map(file => ({ ...file, chat_conversation_message_id: id })))
    return attach(rows, await insertFiles(tx, chat, files, at))
  })
}

/** @throws NotFoundError if the user has no such chat, or the chat no such message */
export async function getMessage(db: Executor, key: MessageKey): Promise<Message> {
  await getChat(db, key.chat)
  const rows = await db.select().from(messages).where(isMessage(key))
  return one(await withFiles(db, key.chat, rows))
}

/**
 * Edits a message.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function changeMessage(db: Executor, key: MessageKey, content: string): Promise<Message> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, key.chat)
    const rows = await tx.update(messages).set({ content, updated_at: at }).where(isMessage(key)).returning()
    return one(await withFiles(tx, key.chat, rows))
  })
}

/**
 * Deletes a message with its files.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function deleteMessage(db: Executor, key: MessageKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await touchChat(tx, key.chat)
    const deleted = await tx.delete(messages).where(isMessage(key)).returning({ id: messages.id })
    if (deleted.length === 0) notFound('Message')
    return true
  })
}

/** What was taken back: the messages of the user that nothing answered, or an answer and perhaps its question. */
export type TakenBack = { unanswered: number[] } | { last: Message, question: Message | null }

/**
 * Takes back the end of a chat: the trailing messages of the user together; else the last message, with the one before
 * it if that is the user's and this is an answer to it. Others that do so at the same time wait, and meet what is left.
 * @throws NotFoundError if the user has no such chat
 * @throws EmptyChatError if it has no messages; it is not touched then
 */
export function deleteLastMessages(db: Executor, chat: ChatKey): Promise<TakenBack> {
  return db.transaction(async (tx) => {
    await touchChat(tx, chat)
    const [last, before] = await withFiles(tx, chat, await tx.select().from(messages)
      .where(isInChat(chat)).orderBy(desc(messages.id)).limit(2))
    if (!last) throw new EmptyChatError()
    if (last.role === 'user') {
      const answered = tx.select({ id: max(messages.id) }).from(messages).where(and(isInChat(chat), ne(messages.role, 'user')))
      const deleted = await tx.delete(messages)
        .where(and(isInChat(chat), sql`${messages.id} > coalesce(${answered}, 0)`))
        .returning({ id: messages.id })
      return { unanswered: deleted.map(({ id }) => id).sort((a, b) => a - b) }
    }
    const question = last.role === 'assistant' && before?.role === 'user' ? before : null
    await tx.delete(messages).where(and(isInChat(chat), gte(messages.id, (question ?? last).id)))
    return { last, question }
  })
}

const isMessage = ({ id, chat }: MessageKey) => and(eq(messages.id, id), isInChat(chat))

const one = ([message]: Message[]) => message ?? notFound('Message')

const isInChat = (chat: ChatKey) =>
  and(eq(messages.chat_conversation_id, chat.id), eq(messages.neptun_user_id, chat.ownerId))

async function withFiles(db: Executor, chat: ChatKey, rows: typeof messages.$inferSelect[]): Promise<Message[]> {
  return attach(rows, await listFilesOfMessages(db, chat, rows.map(row => row.id)))
}

function attach(rows: typeof messages.$inferSelect[], files: FileWithText[]): Message[] {
  const filesOf = Map.groupBy(files, file => file.chat_conversation_message_id)
  return rows.map(row => ({ ...row, files: filesOf.get(row.id) ?? [] }))
}
