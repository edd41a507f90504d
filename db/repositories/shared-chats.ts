import { and, eq, getTableColumns, not, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import type { ChatKey, UserKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { readPage, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { chats, messages, shares, whitelistEntries } from '../schema/index.ts'
import { defineSelect, value } from '../statement.ts'
import { ownMessages, type MessageView } from './messages.ts'
import { isOpen, type Share } from './shares.ts'

/** A share found by its link, with what is needed to decide who may open it. */
export interface FoundShare {
  share: Share
  /** The key of the shared chat, for its messages. */
  key: ChatKey
  chat: { name: string, model: string }
  /** Whether the viewer is on the whitelist. */
  isWhitelisted: boolean
  /** The time of the database, which decides whether the share has expired. */
  databaseTime: Date
  /** The id of the chat's last message at that time; 0 for an empty chat. */
  lastMessageId: number
}

const selectShare = defineSelect(qb => qb.select({
  share: getTableColumns(shares),
  key: { user_id: shares.neptun_user_id, chat_id: shares.chat_conversation_id },
  chat: { name: chats.name, model: chats.model },
  isWhitelisted: sql<boolean>`exists (
    select 1 from ${whitelistEntries}
    where ${whitelistEntries.neptun_user_id} = ${value('user_id')}
      and ${whitelistEntries.chat_conversation_share_id} = ${shares.id}
      and ${whitelistEntries.whitelisted_neptun_user_id} = ${value('viewer')})`,
  databaseTime: sql`now()`.mapWith(shares.updated_at),
  lastMessageId: sql`coalesce((
    select max(${messages.id}) from ${messages}
    where ${messages.neptun_user_id} = ${value('user_id')}
      and ${messages.chat_conversation_id} = ${shares.chat_conversation_id}), 0)`.mapWith(messages.id),
})
  .from(shares)
  .innerJoin(chats, and(eq(chats.neptun_user_id, shares.neptun_user_id), eq(chats.id, shares.chat_conversation_id)))
  .where(and(eq(shares.neptun_user_id, value('user_id')), eq(shares.uuid, value('uuid')), not(chats.is_deleted))))

/**
 * The share of a link; undefined if there is none.
 * @param owner whose share it is, as the directory says
 * @param viewerId the authenticated user, if any
 */
export async function findShareByUuid(
  db: Executor,
  { user_id }: UserKey,
  uuid: string,
  viewerId?: number,
): Promise<FoundShare | undefined> {
  // No user has the id 0.
  const [found] = await selectShare(db, { user_id, uuid, viewer: viewerId ?? 0 })
  return found
}

/** The messages that a share shows, as long as its terms are those under which it was opened. */
const sharedMessages = {
  ...ownMessages,
  only: sql`${messages.role} <> 'system' and ${messages.id} <= ${value('last_message_id')}`,
  parent: {
    resource: 'Share',
    exists: sql`select 1 from ${shares}
      where ${shares.neptun_user_id} = ${value('neptun_user_id')}
        and ${shares.chat_conversation_id} = ${value('chat_conversation_id')}
        and ${shares.uuid} = ${value('uuid')} and ${shares.version} = ${value('version')} and ${isOpen}`,
  },
} satisfies Rows

/**
 * The messages of a share that has been opened: all but system messages, and none that has been added since.
 * @throws NotFoundError if the share has been closed or changed since
 */
export function listSharedMessages(
  db: Executor,
  { share, key, lastMessageId }: FoundShare,
  page: Page<'id'> & { view: MessageView },
): Promise<JsonPage> {
  const filter = { neptun_user_id: key.user_id, chat_conversation_id: key.chat_id }
  const { uuid, version } = share
  return readPage(db, sharedMessages, filter, page, { uuid, version, last_message_id: lastMessageId })
}
