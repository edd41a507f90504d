import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { ConflictError, violates } from '../errors.ts'
import type { UserKey } from '../keys.ts'
import { clockTimestamp, shares, users, whitelistEntries } from '../schema/index.ts'

export interface User {
  id: number
  primary_email: string
}

const emailTaken = 'This e-mail address is already in use.'

const user = { id: users.id, primary_email: users.primary_email }

/**
 * Creates an account.
 * @throws ConflictError if the e-mail address has an account, case-insensitively
 */
export async function createUser(db: Executor, account: { email: string, passwordHash: string }): Promise<User> {
  const [created] = await db.insert(users)
    .values({ primary_email: account.email, password_hash: account.passwordHash })
    .onConflictDoNothing()
    .returning(user)
  if (!created) throw new ConflictError(emailTaken)
  return created
}

/** The account of an e-mail address with its password hash; undefined if there is none. */
export async function findAccount(db: Executor, email: string): Promise<User & { password_hash: string } | undefined> {
  const [account] = await db.select({ ...user, password_hash: users.password_hash })
    .from(users)
    .where(eq(sql`lower(${users.primary_email})`, sql`lower(${email})`))
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
export async function lockAccount(tx: Transaction, { user_id }: UserKey, passwordHash: string): Promise<boolean> {
  const locked = await tx.select({ id: users.id }).from(users)
    .where(and(eq(users.id, user_id), eq(users.password_hash, passwordHash)))
    .for('share')
  return locked.length > 0
}

/** The password hash of an account; undefined if the account has been deleted. */
export async function findPasswordHash(db: Executor, { user_id }: UserKey): Promise<string | undefined> {
  const [account] = await db.select({ hash: users.password_hash }).from(users).where(eq(users.id, user_id))
  return account?.hash
}

/**
 * Updates an account whose password was verified against `currentHash`.
 * @returns undefined if the password has changed since
 * @throws ConflictError if the e-mail address belongs to another account
 */
export async function updateUser(
  db: Executor,
  { user_id }: UserKey,
  currentHash: string,
  changes: { email?: string, passwordHash?: string },
): Promise<User | undefined> {
  try {
    const [updated] = await db.update(users)
      .set({ primary_email: changes.email, password_hash: changes.passwordHash, updated_at: clockTimestamp })
      .where(and(eq(users.id, user_id), eq(users.password_hash, currentHash)))
      .returning(user)
    return updated
  }
  catch (error) {
    if (violates(error, 'users_email_key')) throw new ConflictError(emailTaken)
    throw error
  }
}

/** Deletes an account and everything it owns. Invalidates the file links of shares that have it on their whitelist. */
export function deleteUser(db: Executor, { user_id }: UserKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    const whitelistingShares = tx.select({ id: whitelistEntries.chat_conversation_share_id })
      .from(whitelistEntries)
      .where(eq(whitelistEntries.whitelisted_neptun_user_id, user_id))
    await tx.update(shares)
      .set({ version: sql`${shares.version} + 1` })
      .where(inArray(shares.id, whitelistingShares))
    await tx.delete(users).where(eq(users.id, user_id))
    return true
  })
}
