import type { Database } from '#db/client'
import { createSession } from '#db/repositories/sessions'
import { createUser, findAccount, lockAccount, type User } from '#db/repositories/users'
import { InvalidCredentialsError } from './errors.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { createSessionToken } from './session-cookie.ts'

export interface Credentials {
  email: string
  password: string
}

export interface SignedIn {
  user: User
  loggedInAt: Date
  /** For the cookie only; it is not stored. */
  token: string
}

/**
 * Creates an account and its first session, atomically.
 * @throws ConflictError if the e-mail address is taken
 */
export async function signUp(db: Database, { email, password }: Credentials, userAgent?: string): Promise<SignedIn> {
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    const user = await createUser(tx, { email, passwordHash })
    const { token, ...key } = createSessionToken({ user_id: user.id })
    const session = await createSession(tx, key, userAgent)
    return { user, loggedInAt: session.created_at, token }
  })
}

/**
 * Starts a session.
 * @throws InvalidCredentialsError for an unknown address or a wrong password, taking the same time in both cases
 */
export async function logIn(db: Database, { email, password }: Credentials, userAgent?: string): Promise<SignedIn> {
  const account = await findAccount(db, email)
  if (!await verifyPassword(password, account?.password_hash) || !account) throw new InvalidCredentialsError()
  const { password_hash, ...user } = account
  const { token, ...key } = createSessionToken({ user_id: user.id })
  return db.transaction(async (tx) => {
    // The password may have changed during verification. That ends all sessions, so this one must not start.
    if (!await lockAccount(tx, key, password_hash)) throw new InvalidCredentialsError()
    const session = await createSession(tx, key, userAgent)
    return { user, loggedInAt: session.created_at, token }
  })
}
