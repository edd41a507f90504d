import { and, eq, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import { ConflictError, notFound } from '../errors.ts'
import type { ChatKey, ShareKey, WhitelistEntryKey } from '../keys.ts'
import { chats, shares, updateTime, users, whitelistEntries } from '../schema/index.ts'
import { isOwnChat } from './chats.ts'
import { findUserIds, register, unregister } from './directory.ts'

export type Share = typeof shares.$inferSelect
export type WhitelistEntry = typeof whitelistEntries.$inferSelect & { email: string }

const isOwnShare = (key: ShareKey) => and(
  eq(shares.neptun_user_id, key.user_id),
  eq(shares.chat_conversation_id, key.chat_id),
  eq(shares.id, key.share_id),
)

const isEntryOf = (key: ShareKey) => and(
  eq(whitelistEntries.neptun_user_id, key.user_id),
  eq(whitelistEntries.chat_conversation_share_id, key.share_id),
)

export interface NewShare {
  is_shared: boolean
  password_hash: string | null
  expires_at: Date | null
  /** The initial whitelist. If undefined, the share has none. */
  emails?: string[]
}

/**
 * The share of a chat, if it has one.
 * @throws NotFoundError if the user has no such chat
 */
export async function findChatShare(db: Executor, key: ChatKey): Promise<Share | undefined> {
  const [found] = await db.select({ share: shares })
    .from(chats)
    .leftJoin(shares, and(eq(shares.neptun_user_id, chats.neptun_user_id), eq(shares.chat_conversation_id, chats.id)))
    .where(isOwnChat(key))
  return (found ?? notFound('Chat')).share ?? undefined
}

/**
 * Shares a chat.
 * @throws NotFoundError if the user has no such chat
 * @throws ConflictError if the chat already has a share
 */
export function createShare(db: Executor, key: ChatKey, { emails, ...share }: NewShare): Promise<Share> {
  return db.transaction(async (tx) => {
    // First, so that a conflict cannot reveal that another user's chat exists.
    const [chat] = await tx.select({ id: chats.id }).from(chats).where(isOwnChat(key)).for('key share')
    if (!chat) notFound('Chat')
    const hasWhitelist = emails !== undefined
    const [created] = await tx.insert(shares)
      .values({
        ...share, neptun_user_id: key.user_id, chat_conversation_id: key.chat_id, has_whitelist: hasWhitelist,
      })
      .onConflictDoNothing()
      .returning()
    if (!created) throw new ConflictError('This chat already has a share.')
    await register(tx, key, created.uuid)
    if (emails) await insertEntries(tx, { ...key, share_id: created.id }, emails)
    return created
  })
}

/**
 * The whitelist of a share.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export async function listWhitelistEntries(db: Executor, key: ShareKey): Promise<WhitelistEntry[]> {
  await getShare(db, key)
  const entries = await db.select().from(whitelistEntries).where(isEntryOf(key)).orderBy(whitelistEntries.id)
  if (entries.length === 0) return []
  const listed = await db.select({ id: users.id, email: users.primary_email }).from(users)
    .where(isAnyOf(users.id, entries.map(entry => entry.whitelisted_neptun_user_id)))
  const emails = new Map(listed.map(({ id, email }) => [id, email]))
  // A user who is whitelisted while deleting their account leaves an entry that admits nobody.
  return entries.flatMap((entry) => {
    const email = emails.get(entry.whitelisted_neptun_user_id)
    return email === undefined ? [] : [{ ...entry, email }]
  })
}

/**
 * Adds users to the whitelist of a share. From then on, the share has a whitelist, even if no address is known.
 * @returns the whole whitelist
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function addWhitelistEntries(db: Executor, key: ShareKey, emails: string[]): Promise<WhitelistEntry[]> {
  return db.transaction(async (tx) => {
    await updateTerms(tx, key, { has_whitelist: true })
    await insertEntries(tx, key, emails)
    return listWhitelistEntries(tx, key)
  })
}

/** @throws NotFoundError if the user has no such chat, or the chat no such share */
export async function getShare(db: Executor, key: ShareKey): Promise<Share> {
  const share = await findChatShare(db, key)
  return share?.id === key.share_id ? share : notFound('Share')
}

export interface ShareChanges {
  is_shared?: boolean
  password_hash?: string | null
  expires_at?: Date | null
  /** False removes the whitelist and its entries. */
  has_whitelist?: false
}

/**
 * Changes the terms of access of a share, which invalidates the file links that it issued.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function updateShare(db: Executor, key: ShareKey, changes: ShareChanges): Promise<Share> {
  return db.transaction(async (tx) => {
    await updateTerms(tx, key, changes)
    if (changes.has_whitelist === false)
      await tx.delete(whitelistEntries).where(isEntryOf(key))
    return getShare(tx, key)
  })
}

/**
 * Deletes a share and its whitelist.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function deleteShare(db: Executor, key: ShareKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    const deleted = await tx.delete(shares).where(isOwnShare(key)).returning({ uuid: shares.uuid })
    // Throws the error of the part of the key that does not exist.
    if (deleted.length === 0) await getShare(tx, key)
    await unregister(tx, key, deleted.map(({ uuid }) => uuid))
    return true
  })
}

/**
 * Removes an entry from a whitelist. An empty whitelist admits only the owner.
 * @throws NotFoundError if the user has no such chat, the chat no such share, or the share no such entry
 */
export function deleteWhitelistEntry(db: Executor, key: WhitelistEntryKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await updateTerms(tx, key, {})
    const deleted = await tx.delete(whitelistEntries)
      .where(and(isEntryOf(key), eq(whitelistEntries.id, key.entry_id)))
      .returning({ id: whitelistEntries.id })
    if (deleted.length === 0) notFound('Whitelist entry')
    return true
  })
}

/**
 * Updates a share and increments its version. The first statement of every transaction that changes the terms of
 * access: it proves the owner.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
async function updateTerms(
  tx: Transaction,
  key: ShareKey,
  changes: Partial<Pick<Share, keyof ShareChanges>>,
): Promise<void> {
  const [share] = await tx.update(shares)
    .set({ ...changes, version: sql`${shares.version} + 1`, updated_at: updateTime(shares.updated_at) })
    .where(isOwnShare(key))
    .returning({ id: shares.id })
  // Throws the error of the part of the key that does not exist.
  if (!share) await getShare(tx, key)
}

/** Ignores unknown addresses, and users who are already on the whitelist. */
async function insertEntries(tx: Transaction, key: ShareKey, emails: string[]): Promise<void> {
  const ids = await findUserIds(tx, emails)
  await tx.execute(sql`
    insert into ${whitelistEntries} (neptun_user_id, chat_conversation_share_id, whitelisted_neptun_user_id)
    select ${key.user_id}, ${key.share_id}, id::bigint from json_array_elements_text(${JSON.stringify(ids)}::json) as id
    on conflict do nothing`)
}
