import { and, eq, not, type SQL } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import type { UserKey } from '../keys.ts'
import { chats, shares } from '../schema/index.ts'
import { areLarge, postponeDeletion } from './deletions.ts'
import { unregister } from './directory.ts'
import { bytesOfChats, countUsage } from './usage.ts'

/**
 * Deletes the chats of a user that meet the conditions, with everything in them, and takes their shares out of the
 * directory. If that is much, the chats only disappear, and `continueDeletion` deletes them. In a file of its own,
 * because both the chats and the projects need it.
 * @returns the number of chats deleted
 */
export async function deleteChatsWhere(
  tx: Transaction,
  key: UserKey,
  ...conditions: [SQL, ...(SQL | undefined)[]]
): Promise<number> {
  // Locked first, so that none is being shared meanwhile; in order, so that two deletions cannot wait for each other.
  const locked = await tx.select({ id: chats.id }).from(chats)
    .where(and(eq(chats.neptun_user_id, key.user_id), not(chats.is_deleted), ...conditions))
    .orderBy(chats.id)
    .for('update')
  if (locked.length === 0) return 0
  const ids = locked.map(({ id }) => id)
  const [isLarge, unshared] = await Promise.all([
    areLarge(tx, key, ids),
    tx.delete(shares)
      .where(and(eq(shares.neptun_user_id, key.user_id), isAnyOf(shares.chat_conversation_id, ids)))
      .returning({ uuid: shares.uuid }),
  ])
  await unregister(tx, key, unshared.map(({ uuid }) => uuid))
  const areLocked = and(eq(chats.neptun_user_id, key.user_id), isAnyOf(chats.id, ids))
  if (isLarge) {
    // Outside their project, because that may be deleted.
    await tx.update(chats).set({ is_deleted: true, project_id: null }).where(areLocked)
    await postponeDeletion(tx, key)
    await countUsage(tx, key, { chats: -ids.length })
  }
  else {
    const bytes = await bytesOfChats(tx, key, ids)
    await tx.delete(chats).where(areLocked)
    await countUsage(tx, key, { chats: -ids.length, bytes: -bytes })
  }
  return ids.length
}
