import { and, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import { notFound } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { ShareKey, WhitelistEntryKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { readPage, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { users, whitelistEntries } from '../schema/index.ts'
import { value } from '../statement.ts'
import { findUserIds } from './directory.ts'
import { assertOwnShare, updateTerms } from './shares.ts'

export const isEntryOf = (key: ShareKey) => and(
  eq(whitelistEntries.neptun_user_id, key.user_id),
  eq(whitelistEntries.chat_conversation_share_id, key.share_id),
)

const fields = { ...getTableColumns(whitelistEntries), email: users.primary_email } as const

/**
 * Whitelist entries with the e-mail addresses of their users, who are others than the owner. A user who is whitelisted
 * while deleting their account leaves an entry without a user, which admits nobody.
 */
const entries = {
  table: whitelistEntries,
  fields,
  // Selected first: a distributed database joins rows of different owners only to a finished result.
  from: sql`(
    select * from ${whitelistEntries}
    where ${whitelistEntries.neptun_user_id} = ${value('neptun_user_id')}
      and ${whitelistEntries.chat_conversation_share_id} = ${value('chat_conversation_share_id')}
    order by ${whitelistEntries.id} offset 0) as ${whitelistEntries}
    join ${users} on ${users.id} = ${whitelistEntries.whitelisted_neptun_user_id} and not ${users.is_deleted}`,
} satisfies Rows

type WhitelistPage = Page<'id'> & { view: View<keyof typeof fields> }

/**
 * The whitelist of a share.
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export async function listWhitelistEntries(db: Executor, key: ShareKey, page: WhitelistPage): Promise<JsonPage> {
  const [listed] = await Promise.all([readEntries(db, key, page), assertOwnShare(db, key)])
  return listed
}

function readEntries(db: Executor, { user_id, share_id }: ShareKey, page: WhitelistPage): Promise<JsonPage> {
  return readPage(db, entries, { neptun_user_id: user_id, chat_conversation_share_id: share_id }, page)
}

/** @throws NotFoundError if the share lacks one of the entries */
export async function assertWhitelistEntries(db: Executor, key: ShareKey, ids: number[]): Promise<void> {
  const [found] = await db.select({ count: count() }).from(whitelistEntries)
    .where(and(isEntryOf(key), isAnyOf(whitelistEntries.id, ids)))
  if (found!.count < ids.length) notFound('Whitelist entry')
}

/**
 * Adds users to the whitelist of a share. From then on, the share has a whitelist, even if no address is known.
 * @returns the ids of the new entries, and the whitelist as it is then, before another request can change it
 * @throws NotFoundError if the user has no such chat, or the chat no such share
 */
export function addWhitelistEntries(
  db: Executor,
  key: ShareKey,
  emails: string[],
  page: WhitelistPage,
): Promise<{ added: number[], whitelist: JsonPage }> {
  return db.transaction(async (tx) => {
    await updateTerms(tx, key, { has_whitelist: true })
    const added = await insertEntries(tx, key, emails)
    return { added, whitelist: await readEntries(tx, key, page) }
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
 * Ignores unknown addresses, and users who are already on the whitelist.
 * @returns the ids of the new entries
 */
export async function insertEntries(tx: Transaction, key: ShareKey, emails: string[]): Promise<number[]> {
  const ids = await findUserIds(tx, emails)
  const added = await tx.execute<{ id: string }>(sql`
    insert into ${whitelistEntries} (neptun_user_id, chat_conversation_share_id, whitelisted_neptun_user_id)
    select ${key.user_id}, ${key.share_id}, id::bigint from json_array_elements_text(${JSON.stringify(ids)}::json) as id
    on conflict do nothing
    returning id`)
  return added.map(({ id }) => Number(id))
}
