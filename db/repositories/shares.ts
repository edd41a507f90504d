import { and, eq, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { ConflictError, notFound } from '../errors.ts'
import { chats, now, shares, users, whitelistEntries } from '../schema/index.ts'
import type { ChatKey } from './chats.ts'

export type Share = typeof shares.$inferSelect
export type WhitelistEntry = typeof whitelistEntries.$inferSelect & { email: string }

/** Which share of which chat, and whose. */
export interface ShareKey {
  id: number
  chat: ChatKey
}

export interface NewShare {
  is_shared: boolean
  password_hash: string | null
  expires_at: Date | null
  /** A whitelist from the start; without one, the share has none. */
  emails?: string[]
}

/**
 * The share of a chat, if it has one.
 * @throws NotFoundError if the user has no such chat
 */
export async function findShareOfChat(db: Executor, chat: ChatKey): Promise<Share | undefined> {
  const [found] = await db.select({ share: shares })
    .from(chats)
    .leftJoin(shares, eq(shares.chat_conversation_id, chats.id))
    .where(isOwnChat(chat))
  return (found ?? notFound('Chat')).share ?? undefined
}

/**
 * Shares a chat.
 * @throws NotFoundError if the user has no such chat
 * @throws ConflictError if the chat is shared already
 */
export function createShare(db: Executor, chat: ChatKey, { emails, ...share }: NewShare): Promise<Share> {
  return db.transaction(async (tx) => {
    // Before anything that could tell a neighbour's shared chat from one that is not there.
    const [own] = await tx.select({ id: chats.id }).from(chats).where(isOwnChat(chat)).for('key share')
    if (!own) notFound('Chat')
    const [created] = await tx.insert(shares)
      .values({ ...share, neptun_user_id: chat.ownerId, chat_conversation_id: chat.id, has_whitelist: emails !== undefined })
      .onConflictDoNothing()
      .returning()
    if (!created) throw new ConflictError('This chat has a share already.')
    if (emails) await insertEntries(tx, created.id, emails)
    return created
  })
}

/**
 * Who is on the whitelist of a share.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export async function listWhitelistEntries(db: Executor, key: ShareKey): Promise<WhitelistEntry[]> {
  const rows = await db.select({ share: shares.id, entry: whitelistEntries, email: users.primary_email })
    .from(chats)
    .leftJoin(shares, and(eq(shares.chat_conversation_id, chats.id), eq(shares.id, key.id)))
    .leftJoin(whitelistEntries, eq(whitelistEntries.chat_conversation_share_id, shares.id))
    .leftJoin(users, eq(users.id, whitelistEntries.whitelisted_neptun_user_id))
    .where(isOwnChat(key.chat))
    .orderBy(whitelistEntries.id)
  const [first] = rows
  if (!first) notFound('Chat')
  if (first.share === null) notFound('Share')
  return rows.flatMap(({ entry, email }) => entry === null || email === null ? [] : [{ ...entry, email }])
}

/**
 * Puts people on the whitelist of a share, which has one from then on, even if no address was known.
 * @returns the whole list
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function addWhitelistEntries(db: Executor, key: ShareKey, emails: string[]): Promise<WhitelistEntry[]> {
  return db.transaction(async (tx) => {
    const [share] = await tx.update(shares)
      .set({ has_whitelist: true, version: sql`${shares.version} + 1`, updated_at: now })
      .where(and(
        eq(shares.id, key.id),
        eq(shares.chat_conversation_id, key.chat.id),
        eq(shares.neptun_user_id, key.chat.ownerId),
      ))
      .returning({ id: shares.id })
    if (share) await insertEntries(tx, share.id, emails)
    return listWhitelistEntries(tx, key)
  })
}

/** A share as it is opened by its link: by whom, and by which clock, is for the caller to judge. */
export interface OpenedShare {
  share: Share
  chat: { id: number, name: string, model: string }
  /** Whether the viewer is on its whitelist. */
  isWhitelisted: boolean
  /** The time of the database, by which the share expires. */
  now: Date
}

/** The share of a link; undefined if there is none. `viewerId` is the user who asks, if one is signed in. */
export async function findShareByUuid(db: Executor, uuid: string, viewerId?: number): Promise<OpenedShare | undefined> {
  const [found] = await db.select({
    share: shares,
    chat: { id: chats.id, name: chats.name, model: chats.model },
    isWhitelisted: sql<boolean>`exists (
      select from ${whitelistEntries}
      where ${whitelistEntries.chat_conversation_share_id} = ${shares.id}
        and ${whitelistEntries.whitelisted_neptun_user_id} = ${viewerId ?? null}::bigint)`,
    now: sql`now()`.mapWith(shares.updated_at),
  })
    .from(shares)
    .innerJoin(chats, and(eq(chats.id, shares.chat_conversation_id), eq(chats.neptun_user_id, shares.neptun_user_id)))
    .where(eq(shares.uuid, uuid))
  return found
}

const isOwnChat = (chat: ChatKey) => and(eq(chats.id, chat.id), eq(chats.neptun_user_id, chat.ownerId))

/** Unknown addresses are passed over, and an address that is on the list stays on it once. */
async function insertEntries(tx: Transaction, shareId: number, emails: string[]): Promise<void> {
  await tx.execute(sql`
    insert into ${whitelistEntries} (chat_conversation_share_id, whitelisted_neptun_user_id)
    select ${shareId}, ${users.id} from ${users}
    where lower(${users.primary_email}) in (select json_array_elements_text(${JSON.stringify(emails)}::json))
    order by ${users.id}
    on conflict do nothing`)
}
