import { sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { QuotaExceededError, withReferences } from '../errors.ts'
import type { ChatKey, MessageKey } from '../keys.ts'
import { newIds } from '../new-ids.ts'
import { commitWith } from '../pipeline-transactions.ts'
import { maxFilesPerMessage, maxInlineTextBytes, maxMessageTextBytes } from '../rules.ts'
import { fileContents, files } from '../schema/index.ts'
import { defineStatement, value } from '../statement.ts'
import { bytesOfText, type File } from './files.ts'
import { touchChat } from './touch-chat.ts'
import { assertRoom, countUsage, type Quotas } from './usage.ts'

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

type NewFileRow = FileWithText & { content: Uint8Array }

/**
 * Adds files to a message, atomically and in the given order, in two round trips.
 * @throws NotFoundError if the user has no such chat, or the chat no such message
 * @throws QuotaExceededError if there is no room for them, or the message has too many
 */
export function addFiles(
  db: Executor,
  key: MessageKey,
  added: NewFile[],
  quotas: Quotas,
): Promise<FileWithText[]> {
  return db.transaction(async (tx) => {
    const bytes = added.reduce((sum, { content }) => sum + content.byteLength, 0)
    const [{ at }, ids, [stored]] = await Promise.all([
      touchChat(tx, key),
      newIds(tx, 'files', added.length),
      countFiles(tx, { ...key }),
      assertRoom(tx, key, { bytes }, quotas),
    ])
    const newFiles = added.map(file => ({ ...file, chat_conversation_message_id: key.message_id }))
    const rows = newFileRows(key, newFiles, ids, at)
    const textBytes = rows.reduce((sum, { text, size }) => sum + (text ? size : 0), 0)
    if (Number(stored!.count) + rows.length > maxFilesPerMessage) throw new QuotaExceededError('filesPerMessage')
    if (textBytes > 0 && Number(stored!.text_bytes) + textBytes > maxMessageTextBytes)
      throw new QuotaExceededError('textPerMessage')
    const committed = commitWith(tx, ...insertFiles(tx, key, rows, at), countUsage(tx, key, { bytes }))
    await withReferences(committed, { files_message_of_same_chat: 'Message' })
    return rows.map(({ content: _, ...file }) => file)
  })
}

const countFiles = defineStatement<Record<'count' | 'text_bytes', string>>(() => sql`
  select count(*) as count, coalesce(sum(${bytesOfText}), 0) as text_bytes from ${files}
  where ${files.neptun_user_id} = ${value('user_id')} and ${files.chat_conversation_id} = ${value('chat_id')}
    and ${files.chat_conversation_message_id} = ${value('message_id')}`)

/** The rows of files to insert, with their ids and their content. */
export function newFileRows(
  { user_id, chat_id }: ChatKey,
  added: (NewFile & { chat_conversation_message_id: number })[],
  ids: number[],
  at: Date,
): NewFileRow[] {
  return added.map((file, i) => {
    const size = file.content.byteLength
    return {
      ...file,
      id: ids[i]!,
      neptun_user_id: user_id,
      chat_conversation_id: chat_id,
      size,
      text: file.is_text && size <= maxInlineTextBytes ? Buffer.from(file.content).toString('utf8') : '',
      created_at: at,
      updated_at: at,
    }
  })
}

// Without RETURNING, a distributed database copies the rows to their machine, and reports a missing message as an
// internal error.
const insertDescriptions = defineStatement<{ id: string }>(() => sql`
  insert into ${files} (id, neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
    extension, size, type, is_text, created_at, updated_at)
  overriding system value
  select id, ${value('user_id')}, ${value('chat_id')}, chat_conversation_message_id, title, name, language, extension,
    size, type, is_text, ${value('at')}, ${value('at')}
  from json_to_recordset(${value('rows')}::json) as added (id bigint, chat_conversation_message_id bigint,
    title text, name text, language text, extension text, size int, type text, is_text boolean)
  returning id`)

// The list of a single empty content has no items.
const insertContents = defineStatement<never>(() => sql`
  insert into ${fileContents} (neptun_user_id, file_id, content)
  select ${value('user_id')}, id, decode(coalesce(content, ''), 'base64')
  from unnest(${value('ids')}::bigint[], string_to_array(${value('contents')}, ',')) as added (id, content)`)

/**
 * Starts to insert files and their content. Each of the two statements takes all files as one parameter, so that its
 * text never changes and it stays prepared. The transaction has proven the owner of the chat; a foreign key proves that
 * the messages belong to the chat.
 */
export function insertFiles(
  tx: Transaction,
  { user_id, chat_id }: ChatKey,
  rows: NewFileRow[],
  at: Date,
): Promise<unknown>[] {
  if (rows.length === 0) return []
  const descriptions = rows.map(({ content: _, text: __, ...description }) => description)
  // Base64 has no commas. JSON would copy the content of a large file once more.
  const contents = rows.map(({ content: { buffer, byteOffset, byteLength } }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('base64'))
  return [
    insertDescriptions(tx, { user_id, chat_id, at: at.toISOString(), rows: JSON.stringify(descriptions) }),
    insertContents(tx, { user_id, ids: `{${rows.map(({ id }) => id).join()}}`, contents: contents.join() }),
  ]
}
