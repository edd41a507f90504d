import { endOtherSessions, type Session } from '#db/repositories/sessions'
import { findPasswordHash, updateUser, type User } from '#db/repositories/users'
import type { Versions } from '#db/versions'
import { withDatabase } from '#server/runtime/database'
import { assertSession } from './assert-session.ts'
import type { Client } from './client.ts'
import { WrongPasswordError } from './errors.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { limitGuesses } from './rate-limits.ts'
import { loginCharges } from './sign-in.ts'

export interface AccountChanges {
  email?: string
  password?: string
  current_password: string
}

/**
 * Changes the e-mail address or the password of the account of a session. A new password ends all other sessions.
 * @throws SessionEndedError if the session has ended meanwhile
 * @throws WrongPasswordError if the current password is wrong, or has been changed meanwhile
 * @throws PreconditionFailedError if the account has none of the versions
 * @throws ConflictError if the e-mail address is taken
 * @throws TooManyAttemptsError, counted together with logins
 */
export async function updateAccount(
  { id, user }: Session,
  changes: AccountChanges,
  client: Client,
  identifyAgain: () => Promise<Session | undefined>,
  versions?: Versions,
): Promise<User> {
  const key = { user_id: user.id }
  const currentHash = await withDatabase(db => findPasswordHash(db, key))
  const isRight = await limitGuesses(loginCharges(user.primary_email, client), () =>
    verifyPassword(changes.current_password, currentHash, client))
  if (!isRight) throw new WrongPasswordError()
  const passwordHash = changes.password === undefined ? undefined : await hashPassword(changes.password, client)
  await assertSession(identifyAgain)
  return withDatabase(db => db.transaction(async (tx) => {
    const user = await updateUser(tx, key, currentHash!, { email: changes.email, passwordHash }, versions)
    if (!user) throw new WrongPasswordError()
    if (passwordHash !== undefined) await endOtherSessions(tx, key, id)
    return user
  }))
}
