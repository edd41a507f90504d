import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytes, id, reference, timestamps } from './columns.ts'
import { messages } from './messages.ts'

/** File metadata. Lists read it without touching the content. */
export const files = pgTable('files', {
  id: id(),
  neptun_user_id: reference().notNull(),
  chat_conversation_id: reference().notNull(),
  chat_conversation_message_id: reference().notNull(),
  title: text().notNull(),
  name: text().notNull(),
  language: text().notNull(),
  extension: text().notNull(),
  size: integer().notNull(),
  type: text().notNull(),
  // Whether the content is valid UTF-8 without NUL.
  is_text: boolean().notNull(),
  ...timestamps(),
}, t => [
  // Lists all files of a user.
  primaryKey({ name: 'files_pkey', columns: [t.neptun_user_id, t.id] }),
  // A file and its message belong to the same chat and the same user. Deleting a message deletes its files.
  foreignKey({
    name: 'files_message_of_same_chat',
    columns: [t.neptun_user_id, t.chat_conversation_id, t.chat_conversation_message_id],
    foreignColumns: [messages.neptun_user_id, messages.chat_conversation_id, messages.id],
  }).onDelete('cascade'),
  // Lists the files of a chat, oldest first.
  index('files_of_chat').on(t.neptun_user_id, t.chat_conversation_id, t.id),
  // Lists the files of a page of messages.
  index('files_of_messages').on(t.neptun_user_id, t.chat_conversation_id, t.chat_conversation_message_id, t.id),
  check('files_size', sql`${t.size} >= 0`),
])

/** File content, in a table of its own. */
export const fileContents = pgTable('file_contents', {
  neptun_user_id: reference().notNull(),
  file_id: reference().notNull(),
  content: bytes().notNull(),
}, t => [
  primaryKey({ name: 'file_contents_pkey', columns: [t.neptun_user_id, t.file_id] }),
  foreignKey({
    name: 'file_contents_of_existing_file',
    columns: [t.neptun_user_id, t.file_id],
    foreignColumns: [files.neptun_user_id, files.id],
  }).onDelete('cascade'),
])
