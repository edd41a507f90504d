import type { TokenKey } from '#db/keys'
import { createSession, endSession, makeRoomForSession } from '#db/repositories/sessions'
import { createUser, findAccount, lockAccount, type User } from '#db/repositories/users'
import { withDatabase } from '#server/runtime/database'
import type { Client } from './client.ts'
import { InvalidCredentialsError } from './errors.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { countAttempt, limitGuesses, type Charge } from './rate-limits.ts'
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
 * @param replaced the session whose cookie the client loses
 * @throws ConflictError if the e-mail address is taken
 * @throws TooManyAttemptsError if too many accounts have been created from the client's address
 */
export async function signUp(
  { email, password }: Credentials,
  client: Client,
  replaced: TokenKey | undefined,
): Promise<SignedIn> {
  await countAttempt('sign-up', client.address)
  const passwordHash = await hashPassword(password, client)
  return withDatabase(db => db.transaction(async (tx) => {
    const user = await createUser(tx, { email, passwordHash })
    const { token, ...key } = createSessionToken({ user_id: user.id })
    const session = await createSession(tx, key, client.userAgent)
    if (replaced) await endSession(tx, replaced)
    return { user, loggedInAt: session.created_at, token }
  }))
}

/**
 * Starts a session.
 * @param replaced the session whose cookie the client loses
 * @throws InvalidCredentialsError for an unknown address or a wrong password, taking the same time in both cases
 * @throws TooManyAttemptsError if there have been too many for this account or from the client's address
 */
export async function logIn(
  { email, password }: Credentials,
  client: Client,
  replaced: TokenKey | undefined,
): Promise<SignedIn> {
  let account: Awaited<ReturnType<typeof findAccount>>
  const isRight = await limitGuesses(loginCharges(email, client), async () => {
    account = await withDatabase(db => findAccount(db, email))
    return verifyPassword(password, account?.password_hash, client)
  })
  if (!isRight || !account) throw new InvalidCredentialsError(account?.id)
  const { password_hash, ...user } = account
  const { token, ...key } = createSessionToken({ user_id: user.id })
  return withDatabase(db => db.transaction(async (tx) => {
    // The password may have changed during verification. That ends all sessions, so this one must not start.
    if (!await lockAccount(tx, key, password_hash)) throw new InvalidCredentialsError(user.id)
    await makeRoomForSession(tx, key)
    const session = await createSession(tx, key, client.userAgent)
    if (replaced) await endSession(tx, replaced)
    return { user, loggedInAt: session.created_at, token }
  }))
}

/**
 * The limits of guesses of an account's password. The address comes first, because it limits how many accounts are
 * counted.
 */
export const loginCharges = (email: string, { address }: Client): Charge[] =>
  [['login-address', address], ['login', email.toLowerCase(), address]]
