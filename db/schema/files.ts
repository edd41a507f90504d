import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { chats } from './chats.ts'
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
  // A file and its message belong to the same chat. Deleting a message deletes its files.
  foreignKey({
    name: 'files_message_of_same_chat',
    columns: [t.chat_conversation_message_id, t.chat_conversation_id],
    foreignColumns: [messages.id, messages.chat_conversation_id],
  }).onDelete('cascade'),
  // A file and its chat have the same owner.
  foreignKey({
    name: 'files_chat_of_same_user',
    columns: [t.chat_conversation_id, t.neptun_user_id],
    foreignColumns: [chats.id, chats.neptun_user_id],
  }).onDelete('cascade'),
  // Lists the files of a chat, oldest first.
  index('files_of_chat').on(t.chat_conversation_id, t.id),
  // Lists the files of given messages.
  index('files_of_message').on(t.chat_conversation_message_id, t.id),
  // Lists all files of a user.
  index('files_of_user').on(t.neptun_user_id, t.id),
  check('files_size', sql`${t.size} >= 0`),
])

/** File content, in a table of its own. */
export const fileContents = pgTable('file_contents', {
  file_id: reference().primaryKey(),
  content: bytes().notNull(),
}, t => [
  foreignKey({
    name: 'file_contents_of_existing_file',
    columns: [t.file_id],
    foreignColumns: [files.id],
  }).onDelete('cascade'),
])
