import { z } from 'zod'
import type { Database } from '#db/client'
import { NotFoundError } from '#db/errors'
import { findShareOwner } from '#db/repositories/directory'
import { findShareByUuid, type FoundShare } from '#db/repositories/shared-chats'
import type { Share } from '#db/repositories/shares'
import type { User } from '#db/repositories/users'
import { withDatabase } from '#server/runtime/database'
import type { Client } from './client.ts'
import { ShareRefusedError } from './errors.ts'
import { verifyPassword } from './passwords.ts'
import { limitGuesses } from './rate-limits.ts'
import { decideShareAccess, describeShare, type ShareAccess, type ShareInfo } from './share-access.ts'
import { isUnlocked } from './unlock-cookie.ts'

/** What a caller presents to open a share. */
export interface ShareCredentials {
  /** Looks up the session of the caller, if there is one. */
  identify: () => Promise<{ user: User } | undefined>
  /** Looks it up once more. */
  identifyAgain: () => Promise<{ user: User } | undefined>
  password?: string
  client: Client
}

type OpenedShare = FoundShare & {
  shareInfo: ShareInfo
  /** Whether the password has opened the share in this request. */
  isPasswordVerified: boolean
}

/**
 * Opens a share. The password is verified only if the decision depends on it.
 * @param uuid as given by the caller; anything but a uuid finds no share
 * @throws ShareRefusedError if the caller may not open it
 * @throws TooManyAttemptsError if there have been too many wrong passwords
 */
export async function openShare(
  uuid: string,
  { identify, identifyAgain, password, client }: ShareCredentials,
): Promise<OpenedShare> {
  const identifying = identify()
  const [found, session] = await Promise.all([findShare(uuid, identifying), identifying])
  let user = session?.user
  let opened = found
  const decide = (isPasswordProven: boolean) => decideShareAccess({ ...accessTo(opened, user), isPasswordProven })
  let verdict = decide(!!opened && isUnlocked(client.cookies, opened.share))
  let isPasswordVerified = false
  let isPasswordWrong = false
  if (verdict === 'password-required' && password !== undefined && opened) {
    const { password_hash } = opened.share
    isPasswordWrong = !await isPasswordOf(opened.share, password, client)
    if (!isPasswordWrong) {
      // Verification takes long enough for the terms to change, and for the session to end.
      const identifyingAgain = identifyAgain()
      opened = await findShare(uuid, identifyingAgain)
      user = (await identifyingAgain)?.user
      isPasswordVerified = opened?.share.password_hash === password_hash
      verdict = decide(isPasswordVerified)
    }
  }
  const shareInfo = describeShare(accessTo(opened, user), verdict)
  if (verdict !== 'granted')
    throw new ShareRefusedError(verdict, shareInfo, { isPasswordWrong, owner_id: opened?.share.neptun_user_id })
  return { ...opened!, shareInfo, isPasswordVerified }
}

async function findShare(uuid: string, identifying: Promise<{ user: User } | undefined>) {
  if (!z.guid().safeParse(uuid).success) return undefined
  return withDatabase(async (db) => {
    const [owner, session] = await Promise.all([findShareOwner(db, uuid), identifying])
    return owner && findShareByUuid(db, owner, uuid, session?.user.id)
  })
}

/** Verifies a password. The limit per address comes first, so that one client cannot use up that of the share. */
function isPasswordOf({ uuid, password_hash }: Share, password: string, client: Client): Promise<boolean> {
  return limitGuesses([['share-password-address', uuid, client.address], ['share-password', uuid]], () =>
    verifyPassword(password, password_hash ?? undefined, client))
}

/**
 * Opens a share and reads from it. If its terms change in between, the caller has to meet the new ones.
 * @param read throws a NotFoundError if the terms have changed
 * @throws ShareRefusedError if the caller may not open it
 * @throws TooManyAttemptsError if there have been too many wrong passwords
 */
export async function readShare<Result>(
  uuid: string,
  credentials: ShareCredentials,
  read: (db: Database, share: OpenedShare) => Promise<Result>,
): Promise<Result> {
  const openAndRead = async () => {
    const share = await openShare(uuid, credentials)
    return withDatabase(db => read(db, share))
  }
  try {
    return await openAndRead()
  }
  catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    return await openAndRead()
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
