import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { ConflictError, notFound, PreconditionFailedError } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { ChatKey, ShareKey } from '../keys.ts'
import { readRow, type Json } from '../read.ts'
import type { Rows } from '../rows.ts'
import { chats, shares, updateTime, whitelistEntries } from '../schema/index.ts'
import type { Reader } from '../session-reader.ts'
import { defineSelect, value } from '../statement.ts'
import { hasVersion, nextVersion, type Versions } from '../versions.ts'
import { assertOwnChat, chatOfFilter, isOwnChat } from './chats.ts'
import { register, unregister } from './directory.ts'
import { preventAccountDeletion } from './users.ts'
import { insertEntries, isEntryOf } from './whitelists.ts'

export type Share = typeof shares.$inferSelect

const isOwnShare = (key: ShareKey) => and(
  eq(shares.neptun_user_id, key.user_id),
  eq(shares.chat_conversation_id, key.chat_id),
  eq(shares.id, key.share_id),
)

/** Whether a share is switched on and has not expired. */
export const isOpen = sql`(${shares.is_shared} and (${shares.expires_at} is null or ${shares.expires_at} > now()))`

export interface NewShare {
  /** A random one if undefined. */
  uuid?: string
  is_shared: boolean
  password_hash: string | null
  expires_at: Date | null
  /** The initial whitelist. If undefined, the share has none. */
  emails?: string[]
}

const fields = {
  ...getTableColumns(shares),
  share_uuid: shares.uuid,
  is_protected: { expression: sql`${shares.password_hash} is not null`, type: 'boolean' },
  url: { linkTo: 'share', column: shares.uuid },
} as const

const ownShares = { table: shares, fields, version: shares.version, parent: chatOfFilter } satisfies Rows

type ShareView = View<keyof typeof fields>

/**
 * The share of a chat, if it has one.
 * @throws NotFoundError if the user has no such chat
 */
export async function findChatShare(
  reader: Reader,
  { user_id, chat_id }: ChatKey,
  view: ShareView,
): Promise<{ uuid: string, share: Json } | undefined> {
  const share = await readRow(reader, ownShares, { neptun_user_id: user_id, chat_conversation_id: chat_id }, view)
  return share && { uuid: (JSON.parse(share.parts.join('')) as Share).uuid, share }
}

/** @throws NotFoundError if the user has no such chat, or the chat no such share */
export async function getShare(
  reader: Reader,
  { user_id, chat_id, share_id }: ShareKey,
  view: ShareView,
): Promise<Json> {
  const filter = { neptun_user_id: user_id, chat_conversation_id: chat_id, id: share_id }
  return await readRow(reader, ownShares, filter, view) ?? notFound('Share')
}

const selectOwnShare = defineSelect(qb => qb.select({ id: shares.id }).from(shares).where(and(
  eq(shares.neptun_user_id, value('user_id')),
  eq(shares.chat_conversation_id, value('chat_id')),
  eq(shares.id, value('share_id')),
)))

/** @throws NotFoundError if the user has no such chat, or the chat no such share */
export async function assertOwnShare(db: Executor, key: ShareKey): Promise<void> {
  const { user_id, chat_id, share_id } = key
  const [share] = await selectOwnShare(db, { user_id, chat_id, share_id })
  if (share) return
  await assertOwnChat(db, key)
  notFound('Share')
}

/**
 * Shares a chat.
 * @throws NotFoundError if the user has no such chat
 * @throws ConflictError if the chat already has a share
 */
export function createShare(db: Executor, key: ChatKey, { emails, ...share }: NewShare): Promise<Share> {
  return db.transaction(async (tx) => {
    // First, so that a conflict cannot reveal that another user's chat exists.
    const [, [chat]] = await Promise.all([
      preventAccountDeletion(tx, key),
      tx.select({ id: chats.id }).from(chats).where(isOwnChat(key)).for('key share'),
    ])
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
    if (emails?.length) await insertEntries(tx, { ...key, share_id: created.id }, emails)
    return created
  })
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
 * @throws PreconditionFailedError if the share has none of the versions
 */
export function updateShare(
  db: Executor,
  key: ShareKey,
  changes: ShareChanges,
  view: ShareView,
  versions?: Versions,
): Promise<Json> {
  return db.transaction(async (tx) => {
    await updateTerms(tx, key, changes, versions)
    if (changes.has_whitelist === false)
      await tx.delete(whitelistEntries).where(isEntryOf(key))
    return getShare(tx, key, view)
  })
}

/**
 * Deletes a share and its whitelist.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 * @throws PreconditionFailedError if the share has none of the versions
 */
export function deleteShare(db: Executor, key: ShareKey, versions?: Versions): Promise<true> {
  return db.transaction<true>(async (tx) => {
    const [deleted] = await tx.delete(shares)
      .where(and(isOwnShare(key), hasVersion(shares.version, versions)))
      .returning({ uuid: shares.uuid })
    if (!deleted) return throwUnmatched(tx, key)
    await unregister(tx, key, [deleted.uuid])
    return true
  })
}

/**
 * Updates a share and increments its version. The first statement of every transaction that changes the terms of
 * access: it proves the owner.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 * @throws PreconditionFailedError if the share has none of the versions
 */
export async function updateTerms(
  tx: Transaction,
  key: ShareKey,
  changes: Partial<Pick<Share, keyof ShareChanges>>,
  versions?: Versions,
): Promise<void> {
  const [share] = await tx.update(shares)
    .set({ ...changes, version: nextVersion(shares.version), updated_at: updateTime(shares.updated_at) })
    .where(and(isOwnShare(key), hasVersion(shares.version, versions)))
    .returning({ id: shares.id })
  if (!share) await throwUnmatched(tx, key)
}

/** Throws the error of the part of a share's key that does not exist, or that it has another version. */
async function throwUnmatched(tx: Transaction, key: ShareKey): Promise<never> {
  await assertOwnShare(tx, key)
  throw new PreconditionFailedError()
}
