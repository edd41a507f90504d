import { and, eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import type { UserKey } from '../keys.ts'
import { chats, shares } from '../schema/index.ts'
import { unregister } from './directory.ts'
import { bytesOfChats, countUsage } from './usage.ts'

/**
 * Deletes the chats of a user that meet the conditions, with everything in them, and takes their shares out of the
 * directory. In a file of its own, because both the chats and the projects need it.
 * @returns the number of chats deleted
 */
export async function deleteChatsWhere(
  tx: Transaction,
  key: UserKey,
  ...conditions: [SQL, ...(SQL | undefined)[]]
): Promise<number> {
  // Locked first, so that none is being shared meanwhile; in order, so that two deletions cannot wait for each other.
  const locked = await tx.select({ id: chats.id }).from(chats)
    .where(and(eq(chats.neptun_user_id, key.user_id), ...conditions))
    .orderBy(chats.id)
    .for('update')
  if (locked.length === 0) return 0
  const ids = locked.map(({ id }) => id)
  const unshared = await tx.delete(shares)
    .where(and(eq(shares.neptun_user_id, key.user_id), isAnyOf(shares.chat_conversation_id, ids)))
    .returning({ uuid: shares.uuid })
  await unregister(tx, key, unshared.map(({ uuid }) => uuid))
  const bytes = await bytesOfChats(tx, key, ids)
  await tx.delete(chats).where(and(eq(chats.neptun_user_id, key.user_id), isAnyOf(chats.id, ids)))
  await countUsage(tx, key, { chats: -ids.length, bytes: -bytes })
  return ids.length
}
