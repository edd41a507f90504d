import { and, eq, not, sql } from 'drizzle-orm'
import type { Database, Executor, Transaction } from '../client.ts'
import { ConflictError, notFound, PreconditionFailedError, violates } from '../errors.ts'
import type { UserKey } from '../keys.ts'
import {
  deletions, idempotencyKeys, sessions, shares, updateTime, usage, users, whitelistEntries,
} from '../schema/index.ts'
import { defineStatement, value } from '../statement.ts'
import { hasVersion, nextVersion, type Versions } from '../versions.ts'
import { isLargeAccount, postponeDeletion } from './deletions.ts'
import { findOwner, register, unregister, unregisterAll } from './directory.ts'

export interface User {
  id: number
  primary_email: string
  version: number
}

const isAccount = (key: UserKey) => and(eq(users.id, key.user_id), not(users.is_deleted))

const user = { id: users.id, primary_email: users.primary_email, version: users.version }

/**
 * Creates an account.
 * @throws ConflictError if the e-mail address has an account, case-insensitively
 */
export async function createUser(tx: Transaction, account: { email: string, passwordHash: string }): Promise<User> {
  const [created] = await tx.insert(users)
    .values({ primary_email: account.email, password_hash: account.passwordHash })
    .returning(user)
  await registerEmail(tx, { user_id: created!.id }, account.email)
  return created!
}

async function registerEmail(tx: Transaction, key: UserKey, email: string): Promise<void> {
  try {
    await register(tx, key, email)
  }
  catch (error) {
    throw violates(error, 'directory_pkey') ? new ConflictError('This e-mail address is already in use.') : error
  }
}

/** The account of an e-mail address with its password hash; undefined if there is none. */
export async function findAccount(db: Executor, email: string): Promise<User & { password_hash: string } | undefined> {
  // An unknown address takes both statements too, so that the time does not reveal whether it has an account.
  const { user_id } = await findOwner(db, email) ?? { user_id: 0 }
  const [account] = await db.select({ ...user, password_hash: users.password_hash }).from(users)
    .where(isAccount({ user_id }))
  return account
}

/** Whether the database contains any account. */
export async function hasUsers(db: Executor): Promise<boolean> {
  const [found] = await db.select({ id: users.id }).from(users).limit(1)
  return found !== undefined
}

/**
 * Locks an account until the transaction ends: it can neither be deleted nor get another password.
 * @returns whether it still has this password hash
 */
export async function lockAccount(tx: Transaction, key: UserKey, passwordHash: string): Promise<boolean> {
  const locked = await tx.select({ id: users.id }).from(users)
    .where(and(isAccount(key), eq(users.password_hash, passwordHash)))
    .for('share')
  return locked.length > 0
}

/**
 * Keeps an account from being deleted until the transaction ends. Comes first in transactions that lock several of its
 * rows, which the deletion of the account locks in another order.
 * @throws NotFoundError if the account has been deleted
 */
export async function preventAccountDeletion(tx: Transaction, key: UserKey): Promise<void> {
  const [account] = await lockKey(tx, { ...key })
  if (!account) notFound('User')
}

const lockKey = defineStatement<{ id: string }>(() => sql`
  select ${users.id} from ${users} where ${users.id} = ${value('user_id')} and not ${users.is_deleted} for key share`)

/** The password hash of an account; undefined if the account has been deleted. */
export async function findPasswordHash(db: Executor, key: UserKey): Promise<string | undefined> {
  const [account] = await db.select({ hash: users.password_hash }).from(users).where(isAccount(key))
  return account?.hash
}

/**
 * Updates an account whose password was verified against `currentHash`.
 * @returns undefined if the password has changed since
 * @throws PreconditionFailedError if the account has none of the versions
 * @throws ConflictError if the e-mail address belongs to another account
 */
export async function updateUser(
  tx: Transaction,
  key: UserKey,
  currentHash: string,
  changes: { email?: string, passwordHash?: string },
  versions?: Versions,
): Promise<User | undefined> {
  const [current] = await tx.select(user).from(users)
    .where(and(isAccount(key), eq(users.password_hash, currentHash)))
    .for('no key update')
  if (!current) return undefined
  // The row is locked.
  if (versions && !versions.includes(current.version)) throw new PreconditionFailedError()
  const { email = current.primary_email, passwordHash } = changes
  if (email.toLowerCase() !== current.primary_email.toLowerCase()) {
    await registerEmail(tx, key, email)
    await unregister(tx, key, [current.primary_email])
  }
  const [updated] = await tx.update(users)
    .set({
      primary_email: email,
      password_hash: passwordHash,
      version: nextVersion(users.version),
      updated_at: updateTime(users.updated_at),
    })
    .where(isAccount(key))
    .returning(user)
  return updated
}

/**
 * Deletes an account and everything it owns. Invalidates the file links of shares that have it on their whitelist. If
 * it owns much, the account only disappears, and `continueDeletion` deletes it.
 * @throws PreconditionFailedError if it has none of the versions
 */
export function deleteUser(db: Database, key: UserKey, versions?: Versions): Promise<true> {
  return db.transaction<true>(async (tx) => {
    const [isLarge] = await Promise.all([isLargeAccount(tx, key), lockWhitelists(tx, key)])
    // Before the rest, because it waits for transactions that share a chat or change the e-mail address.
    if (isLarge) await hideUser(tx, key, versions)
    else await deleteRow(tx, key, versions)
    await removeTraces(tx, key)
    return true
  })
}

/** Deletes the row of a deleted account, and what little belongs to it. */
export async function removeUser(tx: Transaction, key: UserKey): Promise<void> {
  await lockWhitelists(tx, key)
  await deleteRow(tx, key)
  await removeTraces(tx, key)
}

async function deleteRow(tx: Transaction, key: UserKey, versions?: Versions): Promise<void> {
  const deleted = await tx.delete(users).where(and(eq(users.id, key.user_id), hasVersion(users.version, versions)))
    .returning({ id: users.id })
  if (versions && deleted.length === 0) throw new PreconditionFailedError()
  await tx.delete(deletions).where(eq(deletions.neptun_user_id, key.user_id))
}

/** Makes an account and everything it owns inaccessible. */
async function hideUser(tx: Transaction, key: UserKey, versions: Versions): Promise<void> {
  // An update alone would not wait for transactions that share a chat.
  const [account] = await tx.select({ version: users.version }).from(users).where(isAccount(key)).for('update')
  if (versions && !versions.includes(account?.version ?? 0)) throw new PreconditionFailedError()
  if (!account) return
  await tx.update(users).set({ is_deleted: true }).where(eq(users.id, key.user_id))
  await tx.delete(sessions).where(eq(sessions.neptun_user_id, key.user_id))
  await tx.delete(shares).where(eq(shares.neptun_user_id, key.user_id))
  await postponeDeletion(tx, key)
}

/** Removes an account from the tables without a foreign key, and from the whitelists of others. */
async function removeTraces(tx: Transaction, key: UserKey): Promise<void> {
  await tx.delete(usage).where(eq(usage.neptun_user_id, key.user_id))
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.neptun_user_id, key.user_id))
  await unregisterAll(tx, key)
  await tx.execute(sql`
    update ${shares} set version = ${shares.version} + 1 from ${whitelistEntries}
    where ${whitelistEntries.neptun_user_id} = ${shares.neptun_user_id}
      and ${whitelistEntries.chat_conversation_share_id} = ${shares.id}
      and ${whitelistEntries.whitelisted_neptun_user_id} = ${key.user_id}`)
  await tx.delete(whitelistEntries).where(eq(whitelistEntries.whitelisted_neptun_user_id, key.user_id))
}

/** The number of locks that the whitelists of all accounts share, so that a deletion takes no more of them. */
const whitelistLocks = 256

/**
 * Locks the whitelists that the deletion of an account changes: its own, and those with an entry of it. Two deletions
 * that change the same whitelists then run one after the other. Otherwise each could wait for shares that the other one
 * has changed. The locks are advisory, so that they concern deletions only.
 */
async function lockWhitelists(tx: Transaction, { user_id }: UserKey): Promise<void> {
  const owners = await tx.selectDistinct({ id: whitelistEntries.neptun_user_id }).from(whitelistEntries)
    .where(eq(whitelistEntries.whitelisted_neptun_user_id, user_id))
  const locks = new Set([user_id, ...owners.map(({ id }) => id)].map(id => id % whitelistLocks))
  // In the same order in every deletion. The first key of the locks, 1, is arbitrary.
  const inOrder = [...locks].sort((a, b) => a - b)
  await tx.execute(sql`
    select pg_advisory_xact_lock(1, lock::int)
    from json_array_elements_text(${JSON.stringify(inOrder)}::json) as lock`)
}
