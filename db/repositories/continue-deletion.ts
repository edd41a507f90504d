import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import type { ChatKey, UserKey } from '../keys.ts'
import { maxDeletedBytes, maxDeletedChats, maxDeletedRows } from '../rules.ts'
import { chats, deletions, files, messages, users } from '../schema/index.ts'
import { defineSelect } from '../statement.ts'
import { areLarge } from './deletions.ts'
import { bytesOfChats, countUsage } from './usage.ts'
import { removeUser } from './users.ts'

const selectUser = defineSelect(qb => qb.select({ user_id: deletions.neptun_user_id })
  .from(deletions)
  .orderBy(deletions.neptun_user_id)
  .limit(1))

/**
 * Deletes a limited number of rows of a deleted account or of deleted chats. Each step is a transaction of its own, so
 * a failure loses no more than one.
 * @returns whether there may be more to delete
 */
export async function continueDeletion(db: Database): Promise<boolean> {
  const [key] = await selectUser(db, {})
  if (!key) return false
  return db.transaction(async (tx) => {
    // Steps of several processes run one after the other.
    const [locked] = await tx.select({ isAccount: users.is_deleted }).from(deletions)
      .innerJoin(users, eq(users.id, deletions.neptun_user_id))
      .where(eq(deletions.neptun_user_id, key.user_id))
      .for('update', { of: deletions })
    // Another process has just deleted the last rows, or somebody the user. There is no foreign key.
    if (!locked) {
      const isWithoutUser = sql`not exists (select 1 from ${users} where ${users.id} = ${key.user_id})`
      await tx.delete(deletions).where(and(eq(deletions.neptun_user_id, key.user_id), isWithoutUser))
      return true
    }
    // Without statistics, the planner expects few rows, and would read all entries of a chat in every step.
    await tx.execute(sql`select set_config('enable_bitmapscan', 'off', true)`)
    const ids = await findChats(tx, key, locked.isAccount)
    if (ids.length > 0) await deleteSome(tx, key, ids)
    else if (locked.isAccount) await removeUser(tx, key)
    else await tx.delete(deletions).where(eq(deletions.neptun_user_id, key.user_id))
    return true
  })
}

/** The ids of the first chats to delete: all of a deleted account, or those that are deleted themselves. */
async function findChats(tx: Transaction, { user_id }: UserKey, isAccount: boolean): Promise<number[]> {
  const found = await tx.select({ id: chats.id }).from(chats)
    .where(and(eq(chats.neptun_user_id, user_id), isAccount ? undefined : sql`${chats.is_deleted}`))
    .orderBy(chats.id)
    .limit(maxDeletedChats)
  return found.map(({ id }) => id)
}

/** Deletes the chats; if they are large, the first of them; and if that is large too, a part of it. */
async function deleteSome(tx: Transaction, key: UserKey, ids: number[]): Promise<void> {
  if (!await areLarge(tx, key, ids)) {
    const bytes = await bytesOfChats(tx, key, ids)
    await tx.delete(chats).where(and(eq(chats.neptun_user_id, key.user_id), isAnyOf(chats.id, ids)))
    return countUsage(tx, key, { bytes: -bytes })
  }
  const [first] = ids
  if (ids.length > 1) return deleteSome(tx, key, [first!])
  const chat = { ...key, chat_id: first! }
  if (await deleteFiles(tx, chat) === 0) await deleteMessages(tx, chat)
}

/**
 * Deletes the first files of a chat.
 * @returns their number
 */
async function deleteFiles(tx: Transaction, { user_id, chat_id }: ChatKey): Promise<number> {
  const deleted = await tx.execute<{ size: number }>(sql`
    delete from ${files} where ${files.neptun_user_id} = ${user_id} and ${files.id} = any(array(
      select id from (
        select ${files.id},
          sum(${files.size}) over (order by ${files.id} rows unbounded preceding) - ${files.size} as bytes_before
        from ${files}
        where ${files.neptun_user_id} = ${user_id} and ${files.chat_conversation_id} = ${chat_id}
        order by ${files.id} limit ${maxDeletedRows}
      ) as first where bytes_before < ${maxDeletedBytes}))
    returning ${files.size} as size`)
  await countUsage(tx, { user_id }, { bytes: -deleted.reduce((sum, { size }) => sum + size, 0) })
  return deleted.length
}

/** Deletes the first messages of a chat that has no files. */
async function deleteMessages(tx: Transaction, { user_id, chat_id }: ChatKey): Promise<void> {
  const isInChat = and(eq(messages.neptun_user_id, user_id), eq(messages.chat_conversation_id, chat_id))
  const first = tx.select({ id: messages.id }).from(messages).where(isInChat).orderBy(messages.id).limit(maxDeletedRows)
  const deleted = await tx.delete(messages).where(and(isInChat, sql`${messages.id} = any(array(${first}))`))
    .returning({ size: sql<number>`octet_length(${messages.content})` })
  await countUsage(tx, { user_id }, { bytes: -deleted.reduce((sum, { size }) => sum + size, 0) })
}
