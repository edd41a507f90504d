import type { Database } from '#db/client'
import { endOtherSessions, type Session } from '#db/repositories/sessions'
import { changeUser, findPasswordHash, type User } from '#db/repositories/users'
import { HttpError } from '#server/errors/http-error'
import { hashPassword, verifyPassword } from '#server/utils/passwords'

export interface AccountChanges {
  email?: string
  password?: string
  current_password: string
}

/**
 * Changes the e-mail address or the password of whoever knows the current one. A new password ends all other sessions.
 * @throws HttpError 403 for a wrong current password; ConflictError for an address that is taken
 */
export async function changeAccount(db: Database, session: Session, changes: AccountChanges): Promise<User> {
  const currentHash = await findPasswordHash(db, session.user.id)
  if (!await verifyPassword(changes.current_password, currentHash)) throw wrongPassword()
  const passwordHash = changes.password === undefined ? undefined : await hashPassword(changes.password)
  return db.transaction(async (tx) => {
    const user = await changeUser(tx, { id: session.user.id, currentHash: currentHash! }, { email: changes.email, passwordHash })
    if (!user) throw wrongPassword()
    if (passwordHash !== undefined) await endOtherSessions(tx, { id: session.id, ownerId: user.id })
    return user
  })
}

const wrongPassword = () => new HttpError(403, 'Wrong current password')
