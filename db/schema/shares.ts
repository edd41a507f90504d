import { boolean, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { chats } from './chats.ts'
import { id, instant, reference, timestamps, version } from './columns.ts'

export const shares = pgTable('shares', {
  id: id(),
  neptun_user_id: reference().notNull(),
  chat_conversation_id: reference().notNull(),
  uuid: uuid().notNull().defaultRandom(),
  is_shared: boolean().notNull(),
  password_hash: text(),
  // Stays true when the last entry is deleted: an empty whitelist admits only the owner.
  has_whitelist: boolean().notNull(),
  expires_at: instant(),
  // All fields are terms of access, to which the whitelist belongs as well. A file link is valid for one version only.
  version: version(),
  ...timestamps(),
}, t => [
  primaryKey({ name: 'shares_pkey', columns: [t.neptun_user_id, t.id] }),
  // A share and its chat have the same owner. Deleting a chat deletes its share.
  foreignKey({
    name: 'shares_chat_of_same_user',
    columns: [t.neptun_user_id, t.chat_conversation_id],
    foreignColumns: [chats.neptun_user_id, chats.id],
  }).onDelete('cascade'),
  // One share per chat. Finds the share of a chat.
  unique('shares_one_per_chat').on(t.neptun_user_id, t.chat_conversation_id),
  // Opens a shared chat by its link. The directory finds the owner, and makes the uuid unique across users.
  unique('shares_uuid_key').on(t.neptun_user_id, t.uuid),
])

export const whitelistEntries = pgTable('whitelist_entries', {
  id: id(),
  // The owner of the share.
  neptun_user_id: reference().notNull(),
  chat_conversation_share_id: reference().notNull(),
  // Without a foreign key, because it refers to another user. Deleting an account deletes these entries, but one that
  // is being added at that moment may stay. It admits nobody.
  whitelisted_neptun_user_id: reference().notNull(),
  ...timestamps(),
}, t => [
  primaryKey({ name: 'whitelist_entries_pkey', columns: [t.neptun_user_id, t.id] }),
  foreignKey({
    name: 'whitelist_entries_of_existing_share',
    columns: [t.neptun_user_id, t.chat_conversation_share_id],
    foreignColumns: [shares.neptun_user_id, shares.id],
  }).onDelete('cascade'),
  // One entry per user. Checks whether a viewer is on the whitelist.
  unique('whitelist_entries_one_per_user')
    .on(t.neptun_user_id, t.chat_conversation_share_id, t.whitelisted_neptun_user_id),
  // Lists the entries of a share.
  index('whitelist_entries_of_share').on(t.neptun_user_id, t.chat_conversation_share_id, t.id),
  // Finds the entries to delete with an account.
  index('whitelist_entries_of_user').on(t.whitelisted_neptun_user_id),
])
