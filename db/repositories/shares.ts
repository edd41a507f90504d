import { and, eq, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { ConflictError, notFound } from '../errors.ts'
import type { ChatKey, ShareKey, WhitelistEntryKey } from '../keys.ts'
import { chats, clockTimestamp, shares, users, whitelistEntries } from '../schema/index.ts'
import { isOwnChat } from './chats.ts'

export type Share = typeof shares.$inferSelect
export type WhitelistEntry = typeof whitelistEntries.$inferSelect & { email: string }

const isOwnShare = (key: ShareKey) => and(
  eq(shares.neptun_user_id, key.user_id),
  eq(shares.chat_conversation_id, key.chat_id),
  eq(shares.id, key.share_id),
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
    .leftJoin(shares, eq(shares.chat_conversation_id, chats.id))
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
    if (emails) await insertEntries(tx, created.id, emails)
    return created
  })
}

/**
 * The whitelist of a share.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export async function listWhitelistEntries(db: Executor, key: ShareKey): Promise<WhitelistEntry[]> {
  const rows = await db.select({ share: shares.id, entry: whitelistEntries, email: users.primary_email })
    .from(chats)
    .leftJoin(shares, and(eq(shares.chat_conversation_id, chats.id), eq(shares.id, key.share_id)))
    .leftJoin(whitelistEntries, eq(whitelistEntries.chat_conversation_share_id, shares.id))
    .leftJoin(users, eq(users.id, whitelistEntries.whitelisted_neptun_user_id))
    .where(isOwnChat(key))
    .orderBy(whitelistEntries.id)
  const [first] = rows
  if (!first) notFound('Chat')
  if (first.share === null) notFound('Share')
  return rows.flatMap(({ entry, email }) => entry === null || email === null ? [] : [{ ...entry, email }])
}

/**
 * Adds users to the whitelist of a share. From then on, the share has a whitelist, even if no address is known.
 * @returns the whole whitelist
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function addWhitelistEntries(db: Executor, key: ShareKey, emails: string[]): Promise<WhitelistEntry[]> {
  return db.transaction(async (tx) => {
    await updateTerms(tx, key, { has_whitelist: true })
    await insertEntries(tx, key.share_id, emails)
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
      await tx.delete(whitelistEntries).where(eq(whitelistEntries.chat_conversation_share_id, key.share_id))
    return getShare(tx, key)
  })
}

/**
 * Deletes a share and its whitelist.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export async function deleteShare(db: Executor, key: ShareKey): Promise<true> {
  const deleted = await db.delete(shares).where(isOwnShare(key)).returning({ id: shares.id })
  // Throws the error of the part of the key that does not exist.
  if (deleted.length === 0) await getShare(db, key)
  return true
}

/**
 * Removes an entry from a whitelist. An empty whitelist admits only the owner.
 * @throws NotFoundError if the user has no such chat, the chat no such share, or the share no such entry
 */
export function deleteWhitelistEntry(db: Executor, key: WhitelistEntryKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await updateTerms(tx, key, {})
    const deleted = await tx.delete(whitelistEntries)
      .where(and(
        eq(whitelistEntries.chat_conversation_share_id, key.share_id),
        eq(whitelistEntries.id, key.entry_id),
      ))
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
    .set({ ...changes, version: sql`${shares.version} + 1`, updated_at: clockTimestamp })
    .where(isOwnShare(key))
    .returning({ id: shares.id })
  // Throws the error of the part of the key that does not exist.
  if (!share) await getShare(tx, key)
}

/** Ignores unknown addresses, and users who are already on the whitelist. */
async function insertEntries(tx: Transaction, shareId: number, emails: string[]): Promise<void> {
  await tx.execute(sql`
    insert into ${whitelistEntries} (chat_conversation_share_id, whitelisted_neptun_user_id)
    select ${shareId}, ${users.id} from ${users}
    where lower(${users.primary_email}) in (select json_array_elements_text(${JSON.stringify(emails)}::json))
    order by ${users.id}
    on conflict do nothing`)
}
