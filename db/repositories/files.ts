import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { notFound, violates } from '../errors.ts'
import { afterCursor, inPages, type Page } from '../keyset.ts'
import { fileContents, files, messages, shares } from '../schema/index.ts'
import { idsOf, type Written } from '../written.ts'
import { getChat, touchChat, type ChatKey } from './chats.ts'

export type File = typeof files.$inferSelect
/** `text` is the content of a small text file, and empty for any other. */
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

/** The largest text file whose text is shown in its message, in bytes. */
const inlineTextLimit = 256 * 1024

/**
 * The files of a chat, without their text, so that the list costs what their number costs.
 * @throws NotFoundError if the user has no such chat
 */
export async function listChatFiles(db: Executor, chat: ChatKey, page: Page<'id'>): Promise<File[]> {
  await getChat(db, chat)
  const rows = db.select().from(files).where(and(isInChat(chat), afterCursor(files, page)))
  return inPages(rows.$dynamic(), files, page)
}

/** All files of a user. */
export function listUserFiles(db: Executor, ownerId: number, page: Page<'id'>): Promise<File[]> {
  const rows = db.select().from(files).where(and(eq(files.neptun_user_id, ownerId), afterCursor(files, page)))
  return inPages(rows.$dynamic(), files, page)
}

/** The files of some messages of one chat, oldest first. */
export function listFilesOfMessages(db: Executor, chat: ChatKey, messageIds: number[]): Promise<FileWithText[]> {
  return selectWithText(db)
    .where(and(isInChat(chat), sql`${files.chat_conversation_message_id} = any(${`{${messageIds.join()}}`}::bigint[])`))
    .orderBy(files.id)
}

function selectWithText(db: Executor) {
  const isInline = sql`${files.is_text} and ${files.size} <= ${inlineTextLimit}`
  return db.select({
    ...getTableColumns(files),
    text: sql<string>`case when ${isInline} then convert_from(${fileContents.content}, 'UTF8') else '' end`,
  })
    .from(files)
    .innerJoin(fileContents, eq(fileContents.file_id, files.id))
}

/**
 * Adds files to a message, in the given order: all of them or none.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 */
export function addFiles(db: Executor, message: { id: number, chat: ChatKey }, added: NewFile[]): Promise<FileWithText[]> {
  return db.transaction(async (tx) => {
    const at = await touchChat(tx, message.chat)
    try {
      return await insertFiles(tx, message.chat, added.map(file => ({ ...file, chat_conversation_message_id: message.id })), at)
    }
    catch (error) {
      if (violates(error, 'files_message_of_same_chat')) notFound('Message')
      throw error
    }
  })
}

/**
 * Writes files and their content: two statements, each with one parameter for all files, so that it is always the
 * same and stays prepared. The transaction has proven the owner of the chat; that the messages are of this chat is
 * held by the database.
 */
export async function insertFiles(tx: Transaction, chat: ChatKey, added: NewFileOfMessage[], at: Date): Promise<FileWithText[]> {
  if (added.length === 0) return []
  const descriptions = added.map(({ content, ...description }) => ({ ...description, size: content.byteLength }))
  const written = await tx.execute<Written>(sql`
    insert into ${files} (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text, created_at, updated_at)
    select ${chat.ownerId}, ${chat.id}, message_id, title, name, language, extension, size, type, is_text,
      ${at.toISOString()}, ${at.toISOString()}
    from rows from (json_to_recordset(${JSON.stringify(descriptions)}::json) as (chat_conversation_message_id bigint,
      title text, name text, language text, extension text, size int, type text, is_text boolean))
      with ordinality as added (message_id, title, name, language, extension, size, type, is_text, position)
    order by position
    returning id`)
  const rows = idsOf(written).map((id, i) => ({
    ...descriptions[i]!,
    id,
    neptun_user_id: chat.ownerId,
    chat_conversation_id: chat.id,
    created_at: at,
    updated_at: at,
  }))
  const contents = rows.map(({ id }, i) => ({ id, content: Buffer.from(added[i]!.content).toString('base64') }))
  await tx.execute(sql`
    insert into ${fileContents} (file_id, content)
    select id, decode(content, 'base64')
    from json_to_recordset(${JSON.stringify(contents)}::json) as added (id bigint, content text)`)
  return rows.map((row, i) => ({
    ...row,
    text: row.is_text && row.size <= inlineTextLimit ? Buffer.from(added[i]!.content).toString('utf8') : '',
  }))
}

/** Which file of which message, and whose. */
export interface FileKey {
  id: number
  message: { id: number, chat: ChatKey }
}

/** @throws NotFoundError if the user has no such chat, the chat no such message, or the message no such file */
export async function getFile(db: Executor, key: FileKey): Promise<FileWithText> {
  const [file] = await selectWithText(db).where(isFile(key))
  return file ?? explainMissing(db, key)
}

/**
 * Deletes a file with its content.
 * @throws NotFoundError if the user has no such chat, the chat no such message, or the message no such file
 */
export function deleteFile(db: Executor, key: FileKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await touchChat(tx, key.message.chat)
    const deleted = await tx.delete(files).where(isFile(key)).returning({ id: files.id })
    if (deleted.length === 0) await explainMissing(tx, key)
    return true
  })
}

const isFile = ({ id, message }: FileKey) =>
  and(eq(files.id, id), eq(files.chat_conversation_message_id, message.id), isInChat(message.chat))

/** Says what of a file's key is not there. */
async function explainMissing(db: Executor, { message: { id, chat } }: FileKey): Promise<never> {
  await getChat(db, chat)
  const [message] = await db.select({ id: messages.id }).from(messages)
    .where(and(eq(messages.id, id), eq(messages.chat_conversation_id, chat.id), eq(messages.neptun_user_id, chat.ownerId)))
  return notFound(message ? 'File' : 'Message')
}

/** Which share gave a link out, and the version that the share had then. */
export interface Grant {
  uuid: string
  version: number
}

/**
 * A file whose link was followed. Who may see it was decided when the link was signed; one that a share gave out holds
 * only as long as that share is as it was.
 * @returns undefined if the share has changed since
 * @throws NotFoundError if there is no such file
 */
export async function findLinkedFile(db: Executor, id: number, grant?: Grant): Promise<File | undefined> {
  const [found] = await db.select({ file: files, share: shares.id })
    .from(files)
    .leftJoin(shares, grant
      ? and(
          eq(shares.chat_conversation_id, files.chat_conversation_id),
          eq(shares.uuid, grant.uuid),
          eq(shares.version, grant.version),
          shares.is_shared,
          sql`(${shares.expires_at} is null or ${shares.expires_at} > now())`,
        )
      : sql`false`)
    .where(eq(files.id, id))
  const { share, file } = found ?? notFound('File')
  return grant && share === null ? undefined : file
}

/**
 * A piece of the content of such a file: from one byte to before another.
 * @throws NotFoundError if there is no such file any more
 */
export async function readContent(db: Executor, id: number, from: number, to: number): Promise<Uint8Array> {
  const piece = sql`substring(${fileContents.content} from ${from + 1}::int for ${to - from}::int)`.mapWith(fileContents.content)
  const [found] = await db.select({ piece }).from(fileContents).where(eq(fileContents.file_id, id))
  return (found ?? notFound('File')).piece
}

const isInChat = (chat: ChatKey) =>
  and(eq(files.chat_conversation_id, chat.id), eq(files.neptun_user_id, chat.ownerId))
