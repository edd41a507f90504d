import { and, eq, getTableColumns, sql, type SQLWrapper } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound, PreconditionFailedError } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { ChatKey, FileKey, MessageKey, UserKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { commitWith } from '../pipeline-transactions.ts'
import { readPage, readRow, type Json, type JsonPage } from '../read.ts'
import type { Children, Rows } from '../rows.ts'
import { maxInlineTextBytes, rowOverhead } from '../rules.ts'
import { chats, fileContents, files, messages } from '../schema/index.ts'
import { executorOf, type Reader } from '../session-reader.ts'
import { value } from '../statement.ts'
import { hasVersion, type Versions } from '../versions.ts'
import { assertOwnChat, chatOfFilter } from './chats.ts'
import { touchChat } from './touch-chat.ts'
import { countUsage } from './usage.ts'

export type File = typeof files.$inferSelect

const isInChat = (key: ChatKey) =>
  and(eq(files.neptun_user_id, key.user_id), eq(files.chat_conversation_id, key.chat_id))

const isFile = (key: FileKey) =>
  and(isInChat(key), eq(files.chat_conversation_message_id, key.message_id), eq(files.id, key.file_id))

const fields = { ...getTableColumns(files), url: { linkTo: 'file', column: files.id } } as const

/** The text of small text files. */
const isInline = sql`${files.is_text} and ${files.size} <= ${sql.raw(`${maxInlineTextBytes}`)}`
const inlineText = sql`case when ${isInline} then convert_from(${fileContents.content}, 'UTF8') else '' end`
const fieldsWithText = { ...fields, text: { expression: inlineText, type: 'text' } } as const
const contentOf = sql`join ${fileContents}
  on ${fileContents.neptun_user_id} = ${value('neptun_user_id')} and ${fileContents.file_id} = ${files.id}`

/** Whether a file is in a chat that is not deleted. */
export const isInKeptChat = (owner: SQLWrapper) => sql`${files.chat_conversation_id} <> all (array(
  select ${chats.id} from ${chats} where ${chats.neptun_user_id} = ${owner} and ${chats.is_deleted}))`

const only = isInKeptChat(value('neptun_user_id'))
const userFiles = { table: files, fields, only } satisfies Rows
const chatFiles = { table: files, fields, parent: chatOfFilter } satisfies Rows
/** A file never changes. */
const onlyVersion = sql`1`
/** The bytes of the text that is returned with a file. */
export const bytesOfText = sql`case when ${isInline} then ${files.size} else 0 end`
const filesWithText = {
  table: files,
  fields: fieldsWithText,
  version: onlyVersion,
  from: sql`${files} ${contentOf}`,
  only,
  bytes: bytesOfText,
} satisfies Rows

/** The files of messages, with their text. */
export const filesOfMessages: Children = {
  table: files,
  parentId: files.chat_conversation_message_id,
  shared: ['neptun_user_id', 'chat_conversation_id'],
  joins: contentOf,
  fields: fieldsWithText,
  bytes: sql`${bytesOfText} + ${sql.raw(`${rowOverhead}`)}`,
}

type FilePage = Page<'id'> & { view: View<keyof typeof fields> }

/**
 * The files of a chat without their text, so that the cost depends on the number of files only.
 * @throws NotFoundError if the user has no such chat
 */
export function listChatFiles(reader: Reader, { user_id, chat_id }: ChatKey, page: FilePage): Promise<JsonPage> {
  return readPage(reader, chatFiles, { neptun_user_id: user_id, chat_conversation_id: chat_id }, page)
}

/** All files of a user. */
export function listUserFiles(reader: Reader, { user_id }: UserKey, page: FilePage): Promise<JsonPage> {
  return readPage(reader, userFiles, { neptun_user_id: user_id }, page)
}

/** @throws NotFoundError if the user has no such chat, the chat no such message, or the message no such file */
export async function getFile(
  reader: Reader,
  key: FileKey,
  view: View<keyof typeof fieldsWithText>,
): Promise<Json> {
  const { user_id, chat_id, message_id, file_id } = key
  const filter = {
    neptun_user_id: user_id, chat_conversation_id: chat_id, chat_conversation_message_id: message_id, id: file_id,
  }
  return await readRow(reader, filesWithText, filter, view) ?? throwMissing(executorOf(reader), key)
}

/**
 * Files of a message with their text, by their ids.
 * @param page with a limit of at least as many
 * @throws NotFoundError if the message lacks one of the files
 */
export async function listFilesById(
  reader: Reader,
  { user_id, chat_id, message_id }: MessageKey,
  ids: number[],
  page: Page<'id'> & { view: View<keyof typeof fieldsWithText> },
): Promise<JsonPage> {
  const filter = {
    neptun_user_id: user_id, chat_conversation_id: chat_id, chat_conversation_message_id: message_id, id: ids,
  }
  const listed = await readPage(reader, filesWithText, filter, page)
  if (!page.after && listed.found < ids.length) notFound('File')
  return listed
}

/**
 * Deletes a file and its content.
 * @throws NotFoundError if the user has no such chat, the chat no such message, or the message no such file
 * @throws PreconditionFailedError if it has none of the versions
 */
export function deleteFile(db: Executor, key: FileKey, versions?: Versions): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await touchChat(tx, key)
    const [deleted] = await tx.delete(files)
      .where(and(isFile(key), hasVersion(onlyVersion, versions)))
      .returning({ size: files.size })
    if (!deleted) return throwMissing(tx, key)
    await commitWith(tx, countUsage(tx, key, { bytes: -deleted.size }))
    return true
  })
}

/** Throws the NotFoundError of the first part of a file's key that does not exist, or that it has another version. */
async function throwMissing(db: Executor, key: FileKey): Promise<never> {
  await assertOwnChat(db, key)
  const isMessage = and(
    eq(messages.neptun_user_id, key.user_id),
    eq(messages.chat_conversation_id, key.chat_id),
    eq(messages.id, key.message_id),
  )
  const [message] = await db.select({ id: messages.id }).from(messages).where(isMessage)
  if (!message) notFound('Message')
  const [file] = await db.select({ id: files.id }).from(files).where(isFile(key))
  if (!file) notFound('File')
  throw new PreconditionFailedError()
}
