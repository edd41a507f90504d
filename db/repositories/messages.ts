import { and, desc, eq, gte, max, ne, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { EmptyChatError, notFound } from '../errors.ts'
import { insertedIds, type InsertedRow } from '../inserted-ids.ts'
import type { ChatKey, MessageKey } from '../keys.ts'
import { selectPage, type Page } from '../keyset.ts'
import { messages } from '../schema/index.ts'
import { getChat, touchChat } from './chats.ts'
import { insertFiles, listFilesOfMessages, type FileWithText, type NewFile } from './files.ts'

type Role = typeof messages.$inferSelect['role']
export type Message = typeof messages.$inferSelect & { files: FileWithText[] }

export type SharedMessage = Message & { role: Exclude<Role, 'system'> }

export interface NewMessage {
  role: Role
  content: string
  files: NewFile[]
}

const isInChat = (key: ChatKey) =>
  and(eq(messages.neptun_user_id, key.user_id), eq(messages.chat_conversation_id, key.chat_id))

const isMessage = (key: MessageKey) => and(isInChat(key), eq(messages.id, key.message_id))

/**
 * The messages of a chat with their files, in three statements.
 * @throws NotFoundError if the user has no such chat
 */
export async function listMessages(db: Executor, key: ChatKey, page: Page<'id'>): Promise<Message[]> {
  await getChat(db, key)
  return withFiles(db, key, await selectPage(db, messages, page, isInChat(key)))
}

/** The messages that a shared chat shows: all but system messages, oldest first. */
export async function listSharedMessages(db: Executor, key: ChatKey): Promise<SharedMessage[]> {
  const rows = await db.select().from(messages)
    .where(and(isInChat(key), ne(messages.role, 'system')))
    .orderBy(messages.id)
  return withFiles(db, key, rows) as Promise<SharedMessage[]>
}

/**
 * Appends messages with their files to a chat, atomically and in the given order.
 * @throws NotFoundError if the user has no such chat
 */
export function appendMessages(db: Executor, key: ChatKey, added: NewMessage[]): Promise<Message[]> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, key)
    const inserted = await tx.execute<InsertedRow>(sql`
      insert into ${messages} (neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
      ${rowsOf(key, added, at)} returning id`)
    const rows = insertedIds(inserted).map((id, i) => ({
      id,
      neptun_user_id: key.user_id,
      chat_conversation_id: key.chat_id,
      role: added[i]!.role,
      content: added[i]!.content,
      created_at: at,
      updated_at: at,
    }))
    const files = rows.flatMap(({ id }, i) =>
      added[i]!.files.map(file => ({ ...file, chat_conversation_message_id: id })))
    return attachFiles(rows, await insertFiles(tx, key, files, at))
  })
}

/** Up to this number, messages are inserted with a parameter for each value. */
const fewMessages = 4

/**
 * The rows of an INSERT of messages, in order. A few are given as values, which a distributed database sends straight
 * to the machine of the chat. More are a single parameter, so that the text of the statement stays the same and
 * prepared.
 */
function rowsOf({ user_id, chat_id }: ChatKey, added: NewMessage[], at: Date): SQL {
  const time = at.toISOString()
  if (added.length <= fewMessages) {
    const rows = added.map(({ role, content }) => sql`(${user_id}, ${chat_id}, ${role}, ${content}, ${time}, ${time})`)
    return sql`values ${sql.join(rows, sql`, `)}`
  }
  return sql`
    select ${user_id}, ${chat_id}, role, content, ${time}, ${time}
    from rows from (json_to_recordset(${JSON.stringify(added.map(({ role, content }) => ({ role, content })))}::json)
      as (role message_role, content text)) with ordinality as added (role, content, position)
    order by position`
}

/** @throws NotFoundError if the user has no such chat, or the chat no such message */
export async function getMessage(db: Executor, key: MessageKey): Promise<Message> {
  await getChat(db, key)
  const rows = await db.select().from(messages).where(isMessage(key))
  return onlyMessage(await withFiles(db, key, rows))
}

/**
 * Replaces the content of a message.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function updateMessage(db: Executor, key: MessageKey, content: string): Promise<Message> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, key)
    const rows = await tx.update(messages).set({ content, updated_at: at }).where(isMessage(key)).returning()
    return onlyMessage(await withFiles(tx, key, rows))
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
export type DeletedLastMessages = { unanswered: number[] } | { last: Message, question: Message | null }

/**
 * Deletes the end of a chat: all trailing user messages; otherwise the last message, together with the user message
 * that it answers. Concurrent calls run one after the other.
 * @throws NotFoundError if the user has no such chat
 * @throws EmptyChatError if the chat has no messages; its timestamp does not change
 */
export function deleteLastMessages(db: Executor, key: ChatKey): Promise<DeletedLastMessages> {
  return db.transaction(async (tx) => {
    await touchChat(tx, key)
    const rows = await tx.select().from(messages).where(isInChat(key)).orderBy(desc(messages.id)).limit(2)
    const [last, previous] = await withFiles(tx, key, rows)
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
    await tx.delete(messages).where(and(isInChat(key), gte(messages.id, (question ?? last).id)))
    return { last, question }
  })
}

const onlyMessage = ([message]: Message[]) => message ?? notFound('Message')

async function withFiles(db: Executor, key: ChatKey, rows: typeof messages.$inferSelect[]): Promise<Message[]> {
  return attachFiles(rows, await listFilesOfMessages(db, key, rows.map(row => row.id)))
}

function attachFiles(rows: typeof messages.$inferSelect[], files: FileWithText[]): Message[] {
  const filesOf = Map.groupBy(files, file => file.chat_conversation_message_id)
  return rows.map(row => ({ ...row, files: filesOf.get(row.id) ?? [] }))
}
