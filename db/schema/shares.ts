import { boolean, foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { chats } from './chats.ts'
import { id, instant, reference, timestamps } from './columns.ts'
import { users } from './users.ts'

export const shares = pgTable('shares', {
  id: id(),
  neptun_user_id: reference().notNull(),
  chat_conversation_id: reference().notNull(),
  uuid: uuid().notNull().defaultRandom(),
  is_shared: boolean().notNull(),
  password_hash: text(),
  // Set by the first whitelist, and kept when its last entry goes: an emptied list lets in the owner alone.
  has_whitelist: boolean().notNull(),
  expires_at: instant(),
  // Counts the changes of who may open the share. A file link names the version that it was given out under.
  version: integer().notNull().default(1),
  ...timestamps(),
}, t => [
  foreignKey({
    name: 'shares_chat_of_same_user',
    columns: [t.chat_conversation_id, t.neptun_user_id],
    foreignColumns: [chats.id, chats.neptun_user_id],
  }).onDelete('cascade'),
  // One share per chat; find the share of a chat.
  unique('shares_one_per_chat').on(t.chat_conversation_id),
  // Open a shared chat by its link.
  unique('shares_uuid_key').on(t.uuid),
])

export const whitelistEntries = pgTable('whitelist_entries', {
  id: id(),
  chat_conversation_share_id: reference().notNull().references(() => shares.id, { onDelete: 'cascade' }),
  whitelisted_neptun_user_id: reference().notNull().references(() => users.id, { onDelete: 'cascade' }),
  ...timestamps(),
}, t => [
  // One entry per person; is this viewer on the list of the share?
  unique('whitelist_entries_one_per_user').on(t.chat_conversation_share_id, t.whitelisted_neptun_user_id),
  // List the entries of a share.
  index('whitelist_entries_of_share').on(t.chat_conversation_share_id, t.id),
  // Find the entries that go with an account.
  index('whitelist_entries_of_user').on(t.whitelisted_neptun_user_id),
])
