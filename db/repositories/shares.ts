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
    await renewShare(tx, key, { has_whitelist: true })
    await insertEntries(tx, key.id, emails)
    return listWhitelistEntries(tx, key)
  })
}

/** @throws NotFoundError if the user has no such chat, or the chat no such share */
export async function getShare(db: Executor, key: ShareKey): Promise<Share> {
  const share = await findShareOfChat(db, key.chat)
  return share?.id === key.id ? share : notFound('Share')
}

export interface ShareChanges {
  is_shared?: boolean
  password_hash?: string | null
  expires_at?: Date | null
  /** False lifts the whitelist, and forgets who was on it. */
  has_whitelist?: false
}

/**
 * Changes who may open a share, which ends all links to files that it gave out.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function changeShare(db: Executor, key: ShareKey, changes: ShareChanges): Promise<Share> {
  return db.transaction(async (tx) => {
    await renewShare(tx, key, changes)
    if (changes.has_whitelist === false)
      await tx.delete(whitelistEntries).where(eq(whitelistEntries.chat_conversation_share_id, key.id))
    return getShare(tx, key)
  })
}

/**
 * Deletes a share with its whitelist.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export async function deleteShare(db: Executor, key: ShareKey): Promise<true> {
  const deleted = await db.delete(shares).where(isOwnShare(key)).returning({ id: shares.id })
  // Which of the two is missing?
  if (deleted.length === 0) await getShare(db, key)
  return true
}

/**
 * Takes somebody off a whitelist. An emptied one lets in the owner alone.
 * @throws NotFoundError if the user has no such chat, the chat no such share, or the share no such entry
 */
export function deleteWhitelistEntry(db: Executor, key: ShareKey, entryId: number): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await renewShare(tx, key, {})
    const deleted = await tx.delete(whitelistEntries)
      .where(and(eq(whitelistEntries.id, entryId), eq(whitelistEntries.chat_conversation_share_id, key.id)))
      .returning({ id: whitelistEntries.id })
    if (deleted.length === 0) notFound('Whitelist entry')
    return true
  })
}

/**
 * Notes that the terms of a share change. First in every transaction that changes them: it proves the owner.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
async function renewShare(tx: Transaction, key: ShareKey, changes: Partial<Pick<Share, keyof ShareChanges>>): Promise<void> {
  const [share] = await tx.update(shares)
    .set({ ...changes, version: sql`${shares.version} + 1`, updated_at: now })
    .where(isOwnShare(key))
    .returning({ id: shares.id })
  // Which of the two is missing?
  if (!share) await getShare(tx, key)
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

const isOwnShare = ({ id, chat }: ShareKey) =>
  and(eq(shares.id, id), eq(shares.chat_conversation_id, chat.id), eq(shares.neptun_user_id, chat.ownerId))

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
