import type { Database } from '#db/client'
import { createSession } from '#db/repositories/sessions'
import { createUser, findAccount, holdAccount, type User } from '#db/repositories/users'
import { HttpError } from '#server/errors/http-error'
import { hashPassword, verifyPassword } from '#server/utils/passwords'
import { newToken } from '#server/utils/sessions'

export interface Credentials {
  email: string
  password: string
}

export interface SignedIn {
  user: User
  loggedInAt: Date
  /** For the cookie; it is kept nowhere else. */
  token: string
}

/**
 * Creates an account and its first session, or neither.
 * @throws ConflictError if the e-mail address is taken
 */
export async function signUp(db: Database, { email, password }: Credentials, userAgent?: string): Promise<SignedIn> {
  const passwordHash = await hashPassword(password)
  const { token, tokenHash } = newToken()
  return db.transaction(async (tx) => {
    const user = await createUser(tx, { email, passwordHash })
    const session = await createSession(tx, { userId: user.id, tokenHash, userAgent })
    return { user, loggedInAt: session.created_at, token }
  })
}

/**
 * Begins a session with a token of its own.
 * @throws HttpError 401, the same in text and time whether the address is unknown or the password wrong
 */
export async function logIn(db: Database, { email, password }: Credentials, userAgent?: string): Promise<SignedIn> {
  const account = await findAccount(db, email)
  if (!await verifyPassword(password, account?.password_hash) || !account) throw invalidCredentials()
  const { token, tokenHash } = newToken()
  return db.transaction(async (tx) => {
    // The password took a while to verify, and may have been changed since: its sessions have just been ended.
    if (!await holdAccount(tx, account.id, account.password_hash)) throw invalidCredentials()
    const session = await createSession(tx, { userId: account.id, tokenHash, userAgent })
    return { user: { id: account.id, primary_email: account.primary_email }, loggedInAt: session.created_at, token }
  })
}

const invalidCredentials = () => new HttpError(401, 'Invalid credentials')
