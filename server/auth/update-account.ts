import type { Database } from '#db/client'
import type { UserKey } from '#db/keys'
import { endOtherSessions } from '#db/repositories/sessions'
import { findPasswordHash, updateUser, type User } from '#db/repositories/users'
import { WrongPasswordError } from './errors.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

export interface AccountChanges {
  email?: string
  password?: string
  current_password: string
}

/**
 * Changes the e-mail address or the password of an account. A new password ends all other sessions.
 * @param sessionId the current session
 * @throws WrongPasswordError if the current password is wrong, or has been changed meanwhile
 * @throws ConflictError if the e-mail address is taken
 */
export async function updateAccount(
  db: Database,
  key: UserKey,
  sessionId: number,
  changes: AccountChanges,
): Promise<User> {
  const currentHash = await findPasswordHash(db, key)
  if (!await verifyPassword(changes.current_password, currentHash)) throw new WrongPasswordError()
  const passwordHash = changes.password === undefined ? undefined : await hashPassword(changes.password)
  return db.transaction(async (tx) => {
    const user = await updateUser(tx, key, currentHash!, { email: changes.email, passwordHash })
    if (!user) throw new WrongPasswordError()
    if (passwordHash !== undefined) await endOtherSessions(tx, key, sessionId)
    return user
  })
}
