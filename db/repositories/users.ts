import { and, eq, inArray, sql } from 'drizzle-orm'
import { ConflictError, violates } from '../errors.ts'
import type { Executor, Transaction } from '../client.ts'
import { now, shares, users, whitelistEntries } from '../schema/index.ts'

export interface User {
  id: number
  primary_email: string
}

const emailTaken = 'This e-mail address is already in use.'

const user = { id: users.id, primary_email: users.primary_email }

/**
 * Adds an account.
 * @throws ConflictError if the address has one, in whatever case it is spelled
 */
export async function createUser(db: Executor, account: { email: string, passwordHash: string }): Promise<User> {
  const [created] = await db.insert(users)
    .values({ primary_email: account.email, password_hash: account.passwordHash })
    .onConflictDoNothing()
    .returning(user)
  if (!created) throw new ConflictError(emailTaken)
  return created
}

/** The account of an address, with the hash that a password is checked against; undefined if there is none. */
export async function findAccount(db: Executor, email: string): Promise<User & { password_hash: string } | undefined> {
  const [account] = await db.select({ ...user, password_hash: users.password_hash })
    .from(users)
    .where(eq(sql`lower(${users.primary_email})`, sql`lower(${email})`))
  return account
}

/** Whether the database holds any account at all. */
export async function hasUsers(db: Executor): Promise<boolean> {
  const [found] = await db.select({ id: users.id }).from(users).limit(1)
  return found !== undefined
}

/**
 * Keeps an account as it is until the transaction ends: neither its password nor its being there can change meanwhile.
 * @returns whether its password still has this hash
 */
export async function holdAccount(tx: Transaction, id: number, passwordHash: string): Promise<boolean> {
  const held = await tx.select({ id: users.id }).from(users)
    .where(and(eq(users.id, id), eq(users.password_hash, passwordHash))).for('share')
  return held.length > 0
}

/** The hash that the current password of a user is checked against; undefined if the account is gone. */
export async function findPasswordHash(db: Executor, id: number): Promise<string | undefined> {
  const [account] = await db.select({ hash: users.password_hash }).from(users).where(eq(users.id, id))
  return account?.hash
}

/**
 * Changes an account whose password was checked against `currentHash`.
 * @returns undefined if the password has been changed since
 * @throws ConflictError if the address has another account
 */
export async function changeUser(
  db: Executor,
  { id, currentHash }: { id: number, currentHash: string },
  changes: { email?: string, passwordHash?: string },
): Promise<User | undefined> {
  try {
    const [changed] = await db.update(users)
      .set({ primary_email: changes.email, password_hash: changes.passwordHash, updated_at: now })
      .where(and(eq(users.id, id), eq(users.password_hash, currentHash)))
      .returning(user)
    return changed
  }
  catch (error) {
    if (violates(error, 'users_email_key')) throw new ConflictError(emailTaken)
    throw error
  }
}

/** Deletes an account and everything of it. Shares that had it on their whitelist end the links that they gave out. */
export function deleteUser(db: Executor, id: number): Promise<true> {
  return db.transaction<true>(async (tx) => {
    const listing = tx.select({ id: whitelistEntries.chat_conversation_share_id })
      .from(whitelistEntries).where(eq(whitelistEntries.whitelisted_neptun_user_id, id))
    await tx.update(shares).set({ version: sql`${shares.version} + 1` }).where(inArray(shares.id, listing))
    await tx.delete(users).where(eq(users.id, id))
    return true
  })
}
