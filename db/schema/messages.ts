import { sql } from 'drizzle-orm'
import { check, foreignKey, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { maxLength, messageRoles } from '../rules.ts'
import { chats } from './chats.ts'
import { id, reference, timestamps, version } from './columns.ts'

/** @public drizzle-kit creates the type of an exported enum. */
export const messageRole = pgEnum('message_role', messageRoles)

export const messages = pgTable('messages', {
  id: id(),
  neptun_user_id: reference().notNull(),
  chat_conversation_id: reference().notNull(),
  role: messageRole().notNull(),
  content: text().notNull(),
  ...timestamps(),
  version: version(),
}, t => [
  // Lists the messages of a chat in insertion order.
  primaryKey({ name: 'messages_pkey', columns: [t.neptun_user_id, t.chat_conversation_id, t.id] }),
  // A message and its chat have the same owner. Deleting a chat deletes its messages.
  foreignKey({
    name: 'messages_chat_of_same_user',
    columns: [t.neptun_user_id, t.chat_conversation_id],
    foreignColumns: [chats.neptun_user_id, chats.id],
  }).onDelete('cascade'),
  check('messages_content_length', sql`char_length(${t.content}) between 1 and ${sql.raw(`${maxLength.message}`)}`),
])
