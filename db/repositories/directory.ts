import { and, eq } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Executor, Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import type { UserKey } from '../keys.ts'
import { directory } from '../schema/index.ts'
import { defineSelect, value } from '../statement.ts'

/** The key of an e-mail address or a uuid. Only ASCII has an upper case: the Kelvin sign is not a K. */
const keyOf = (name: string) => name.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** The user behind an e-mail address or the uuid of a share, case-insensitively; undefined if there is none. */
export async function findOwner(db: Executor, name: string): Promise<UserKey | undefined> {
  const [entry] = await selectOwner(db, { key: keyOf(name) })
  return entry
}

const selectOwner = defineSelect(qb => qb.select({ user_id: directory.neptun_user_id })
  .from(directory)
  .where(eq(directory.key, value('key'))))

/** The owners of the shares that were opened last. It cannot become wrong, because a share never changes its owner. */
const ownersOfShares = new LRUCache<string, UserKey>({ max: 10_000 })

/** The owner of a share by its uuid; undefined if there never was one. The share itself may have been deleted. */
export async function findShareOwner(db: Executor, uuid: string): Promise<UserKey | undefined> {
  const key = keyOf(uuid)
  const known = ownersOfShares.get(key)
  if (known) return known
  const owner = await findOwner(db, uuid)
  if (owner) ownersOfShares.set(key, owner)
  return owner
}

/** The ids of the users behind e-mail addresses, case-insensitively and in order. Ignores unknown addresses. */
export async function findUserIds(db: Executor, emails: string[]): Promise<number[]> {
  const entries = await db.select({ user_id: directory.neptun_user_id }).from(directory)
    .where(isAnyOf(directory.key, emails.map(keyOf)))
    .orderBy(directory.neptun_user_id)
  return entries.map(({ user_id }) => user_id)
}

/** Enters an e-mail address or the uuid of a share. Violates `directory_pkey` if it has an entry already. */
export async function register(tx: Transaction, { user_id }: UserKey, name: string): Promise<void> {
  await tx.insert(directory).values({ key: keyOf(name), neptun_user_id: user_id })
}

/** Removes e-mail addresses or share uuids of a user. */
export async function unregister(tx: Transaction, { user_id }: UserKey, names: string[]): Promise<void> {
  if (names.length === 0) return
  await tx.delete(directory)
    .where(and(eq(directory.neptun_user_id, user_id), isAnyOf(directory.key, names.map(keyOf))))
}

/** Removes the e-mail address and all share uuids of a user. */
export async function unregisterAll(tx: Transaction, { user_id }: UserKey): Promise<void> {
  await tx.delete(directory).where(eq(directory.neptun_user_id, user_id))
}
