import { z } from 'zod'
import type { Database } from '#db/client'
import { NotFoundError } from '#db/errors'
import { findOwner } from '#db/repositories/directory'
import { findShareByUuid, type FoundShare } from '#db/repositories/shared-chats'
import type { User } from '#db/repositories/users'
import type { Cookies } from './cookie.ts'
import { ShareRefusedError } from './errors.ts'
import { verifyPassword } from './passwords.ts'
import { decideShareAccess, describeShare, type ShareAccess, type ShareInfo } from './share-access.ts'
import { isUnlocked } from './unlock-cookie.ts'

/** What a caller presents to open a share. */
export interface ShareCredentials {
  /** Looks up the session of the caller, if there is one. */
  identify: () => Promise<{ user: User } | undefined>
  cookies: Cookies
  password?: string
}

type OpenedShare = FoundShare & { shareInfo: ShareInfo }

/**
 * Opens a share. The password is verified only if the decision depends on it.
 * @param uuid as given by the caller; anything but a uuid finds no share
 * @throws ShareRefusedError if the caller may not open it
 */
export async function openShare(
  db: Database,
  uuid: string,
  { identify, cookies, password }: ShareCredentials,
): Promise<OpenedShare> {
  const isUuid = z.guid().safeParse(uuid).success
  const [owner, session] = await Promise.all([isUuid ? findOwner(db, uuid) : undefined, identify()])
  const user = session?.user
  const opened = owner && await findShareByUuid(db, owner, uuid, user?.id)
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

/**
 * Opens a share and reads from it. If its terms change in between, the caller has to meet the new ones.
 * @param read throws a NotFoundError if the terms have changed
 * @throws ShareRefusedError if the caller may not open it
 */
export async function readShare<Result>(
  db: Database,
  uuid: string,
  credentials: ShareCredentials,
  read: (share: OpenedShare) => Promise<Result>,
): Promise<Result> {
  const share = await openShare(db, uuid, credentials)
  try {
    return await read(share)
  }
  catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    return await read(await openShare(db, uuid, credentials))
  }
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
