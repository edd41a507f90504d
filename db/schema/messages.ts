import { sql } from 'drizzle-orm'
import { check, foreignKey, pgEnum, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { chats } from './chats.ts'
import { id, reference, timestamps } from './columns.ts'

export const messageRole = pgEnum('message_role', ['user', 'assistant', 'system'])

export const messages = pgTable('messages', {
  id: id(),
  neptun_user_id: reference().notNull(),
  chat_conversation_id: reference().notNull(),
  role: messageRole().notNull(),
  content: text().notNull(),
  ...timestamps(),
}, t => [
  // A message belongs to the owner of its chat; a chat takes its messages with it.
  foreignKey({
    name: 'messages_chat_of_same_user',
    columns: [t.chat_conversation_id, t.neptun_user_id],
    foreignColumns: [chats.id, chats.neptun_user_id],
  }).onDelete('cascade'),
  // List the messages of a chat in the order in which they were added; what files refer to.
  unique('messages_of_chat').on(t.chat_conversation_id, t.id),
  check('messages_content_length', sql`char_length(${t.content}) between 1 and 1000000`),
])
