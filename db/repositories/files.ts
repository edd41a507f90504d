import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import { notFound, withReferences } from '../errors.ts'
import { insertedIds, type InsertedRow } from '../inserted-ids.ts'
import type { ChatKey, FileKey, MessageKey, UserKey } from '../keys.ts'
import { selectPage, type Page } from '../keyset.ts'
import { maxInlineTextBytes } from '../rules.ts'
import { fileContents, files, messages } from '../schema/index.ts'
import { getChat, touchChat } from './chats.ts'

export type File = typeof files.$inferSelect
/** `text` is the content of a small text file, and empty for any other file. */
export type FileWithText = File & { text: string }

export interface NewFile {
  title: string
  name: string
  language: string
  extension: string
  type: string
  is_text: boolean
  content: Uint8Array
}

type NewFileOfMessage = NewFile & { chat_conversation_message_id: number }

const isInChat = (key: ChatKey) =>
  and(eq(files.neptun_user_id, key.user_id), eq(files.chat_conversation_id, key.chat_id))

const isFile = (key: FileKey) =>
  and(isInChat(key), eq(files.chat_conversation_message_id, key.message_id), eq(files.id, key.file_id))

/**
 * The files of a chat without their text, so that the cost depends on the number of files only.
 * @throws NotFoundError if the user has no such chat
 */
export async function listChatFiles(db: Executor, key: ChatKey, page: Page<'id'>): Promise<File[]> {
  await getChat(db, key)
  return selectPage(db, files, page, isInChat(key))
}

/** All files of a user. */
export function listUserFiles(db: Executor, { user_id }: UserKey, page: Page<'id'>): Promise<File[]> {
  return selectPage(db, files, page, eq(files.neptun_user_id, user_id))
}

/** The files of the given messages of one chat, oldest first. */
export function listFilesOfMessages(db: Executor, key: ChatKey, messageIds: number[]): Promise<FileWithText[]> {
  return selectWithText(db)
    .where(and(isInChat(key), isAnyOf(files.chat_conversation_message_id, messageIds)))
    .orderBy(files.id)
}

function selectWithText(db: Executor) {
  const isInline = sql`${files.is_text} and ${files.size} <= ${maxInlineTextBytes}`
  return db.select({
    ...getTableColumns(files),
    text: sql<string>`case when ${isInline} then convert_from(${fileContents.content}, 'UTF8') else '' end`,
  })
    .from(files)
    .innerJoin(
      fileContents,
      and(eq(fileContents.neptun_user_id, files.neptun_user_id), eq(fileContents.file_id, files.id)),
    )
}

/**
 * Adds files to a message, atomically and in the given order.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function addFiles(db: Executor, key: MessageKey, added: NewFile[]): Promise<FileWithText[]> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, key)
    const rows = added.map(file => ({ ...file, chat_conversation_message_id: key.message_id }))
    return withReferences(insertFiles(tx, key, rows, at), { files_message_of_same_chat: 'Message' })
  })
}

/**
 * Inserts files and their content in two statements, each with one parameter for all files, so that their text never
 * changes and they stay prepared. The transaction has proven the owner of the chat; a foreign key proves that the
 * messages belong to the chat.
 */
export async function insertFiles(
  tx: Transaction,
  key: ChatKey,
  added: NewFileOfMessage[],
  at: Date,
): Promise<FileWithText[]> {
  if (added.length === 0) return []
  const descriptions = added.map(({ content, ...description }) => ({ ...description, size: content.byteLength }))
  const inserted = await tx.execute<InsertedRow>(sql`
    insert into ${files} (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text, created_at, updated_at)
    select ${key.user_id}, ${key.chat_id}, message_id, title, name, language, extension, size, type, is_text,
      ${at.toISOString()}, ${at.toISOString()}
    from rows from (json_to_recordset(${JSON.stringify(descriptions)}::json) as (chat_conversation_message_id bigint,
      title text, name text, language text, extension text, size int, type text, is_text boolean))
      with ordinality as added (message_id, title, name, language, extension, size, type, is_text, position)
    order by position
    returning id`)
  const rows = insertedIds(inserted).map((id, i) => ({
    ...descriptions[i]!,
    id,
    neptun_user_id: key.user_id,
    chat_conversation_id: key.chat_id,
    created_at: at,
    updated_at: at,
  }))
  const contents = rows.map(({ id }, i) => ({ id, content: Buffer.from(added[i]!.content).toString('base64') }))
  await tx.execute(sql`
    insert into ${fileContents} (neptun_user_id, file_id, content)
    select ${key.user_id}, id, decode(content, 'base64')
    from json_to_recordset(${JSON.stringify(contents)}::json) as added (id bigint, content text)`)
  return rows.map((row, i) => ({
    ...row,
    text: row.is_text && row.size <= maxInlineTextBytes ? Buffer.from(added[i]!.content).toString('utf8') : '',
  }))
}

/** @throws NotFoundError if the user has no such chat, the chat no such message, or the message no such file */
export async function getFile(db: Executor, key: FileKey): Promise<FileWithText> {
  const [file] = await selectWithText(db).where(isFile(key))
  return file ?? throwMissing(db, key)
}

/**
 * Deletes a file and its content.
 * @throws NotFoundError if the user has no such chat, the chat no such message, or the message no such file
 */
export function deleteFile(db: Executor, key: FileKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await touchChat(tx, key)
    const deleted = await tx.delete(files).where(isFile(key)).returning({ id: files.id })
    if (deleted.length === 0) await throwMissing(tx, key)
    return true
  })
}

/** Throws the NotFoundError of the first part of a file's key that does not exist. */
async function throwMissing(db: Executor, key: FileKey): Promise<never> {
  await getChat(db, key)
  const isMessage = and(
    eq(messages.neptun_user_id, key.user_id),
    eq(messages.chat_conversation_id, key.chat_id),
    eq(messages.id, key.message_id),
  )
  const [message] = await db.select({ id: messages.id }).from(messages).where(isMessage)
  return notFound(message ? 'File' : 'Message')
}
