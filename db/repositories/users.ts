import { eq, sql } from 'drizzle-orm'
import { ConflictError } from '../errors.ts'
import type { Executor } from '../client.ts'
import { users } from '../schema/index.ts'

export interface User {
  id: number
  primary_email: string
}

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
  if (!created) throw new ConflictError('This e-mail address is already in use.')
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
