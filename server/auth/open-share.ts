import { z } from 'zod'
import type { Database } from '#db/client'
import { findShareByUuid, type FoundShare } from '#db/repositories/shared-chats'
import type { User } from '#db/repositories/users'
import type { Cookies } from './cookie.ts'
import { ShareRefusedError } from './errors.ts'
import { verifyPassword } from './passwords.ts'
import { decideShareAccess, describeShare, type ShareAccess, type ShareInfo } from './share-access.ts'
import { isUnlocked } from './unlock-cookie.ts'

/** What a caller presents to open a share. */
export interface ShareCredentials {
  /** The authenticated user, if any. */
  user?: User
  cookies: Cookies
  password?: string
}

/**
 * Opens a share. The password is verified only if the decision depends on it.
 * @param uuid as given by the caller; anything but a uuid finds no share
 * @throws ShareRefusedError if the caller may not open it
 */
export async function openShare(
  db: Database,
  uuid: string,
  { user, cookies, password }: ShareCredentials,
): Promise<FoundShare & { shareInfo: ShareInfo }> {
  const opened = z.guid().safeParse(uuid).success ? await findShareByUuid(db, uuid, user?.id) : undefined
  const access = accessTo(opened, user)
  let verdict = decideShareAccess({ ...access, isPasswordProven: !!opened && isUnlocked(cookies, opened.share) })
  if (verdict === 'password-required' && password !== undefined && opened?.share.password_hash) {
    const isPasswordProven = await verifyPassword(password, opened.share.password_hash)
    verdict = decideShareAccess({ ...access, isPasswordProven })
  }
  const shareInfo = describeShare(access, verdict)
  if (verdict !== 'granted') throw new ShareRefusedError(verdict, shareInfo)
  return { ...opened!, shareInfo }
}

function accessTo(opened: FoundShare | undefined, user: User | undefined): Omit<ShareAccess, 'isPasswordProven'> {
  if (!opened) return { now: new Date() }
  const { share, isWhitelisted, databaseTime } = opened
  return {
    share: {
      ownerId: share.neptun_user_id,
      isSwitchedOn: share.is_shared,
      expiresAt: share.expires_at,
      hasPassword: share.password_hash !== null,
      hasWhitelist: share.has_whitelist,
    },
    viewer: user && { id: user.id, isWhitelisted },
    now: databaseTime,
  }
}
