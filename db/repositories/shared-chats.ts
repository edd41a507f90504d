import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import type { ChatKey } from '../keys.ts'
import { chats, shares, whitelistEntries } from '../schema/index.ts'
import { findOwner } from './directory.ts'
import type { Share } from './shares.ts'

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
}

/**
 * The share of a link; undefined if there is none.
 * @param viewerId the authenticated user, if any
 */
export async function findShareByUuid(db: Executor, uuid: string, viewerId?: number): Promise<FoundShare | undefined> {
  const owner = await findOwner(db, uuid)
  if (!owner) return undefined
  const [found] = await db.select({
    share: shares,
    key: { user_id: shares.neptun_user_id, chat_id: shares.chat_conversation_id },
    chat: { name: chats.name, model: chats.model },
    isWhitelisted: sql<boolean>`${whitelistEntries.id} is not null`,
    databaseTime: sql`now()`.mapWith(shares.updated_at),
  })
    .from(shares)
    .innerJoin(chats, and(eq(chats.neptun_user_id, shares.neptun_user_id), eq(chats.id, shares.chat_conversation_id)))
    .leftJoin(whitelistEntries, and(
      eq(whitelistEntries.neptun_user_id, shares.neptun_user_id),
      eq(whitelistEntries.chat_conversation_share_id, shares.id),
      // No user has the id 0. Citus rejects an outer join on a condition that is never true, which null would make it.
      eq(whitelistEntries.whitelisted_neptun_user_id, viewerId ?? 0),
    ))
    .where(and(eq(shares.neptun_user_id, owner.user_id), eq(shares.uuid, uuid)))
  return found
}
