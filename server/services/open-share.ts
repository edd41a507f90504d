import type { H3Event } from 'h3'
import { z } from 'zod'
import type { Database } from '#db/client'
import { findShareByUuid, type OpenedShare } from '#db/repositories/shares'
import type { User } from '#db/repositories/users'
import { HttpError } from '#server/errors/http-error'
import { verifyPassword } from '#server/utils/passwords'
import { isUnlocked } from '#server/utils/unlock-cookie'
import { decideShareAccess, describeShare, type ShareAccess, type ShareVerdict } from './share-access.ts'

/**
 * Opens a shared chat for whoever may. A password is only verified where it decides.
 * @param password as it came with the request, if it did
 * @returns the share, and what its viewer is told of it
 * @throws HttpError 401, 403 or 404 for everybody else
 */
export async function openShare(event: H3Event, db: Database, uuid: string, viewer?: User, password?: string) {
  const opened = z.guid().safeParse(uuid).success ? await findShareByUuid(db, uuid, viewer?.id) : undefined
  const access = accessTo(opened, viewer)
  let verdict = decideShareAccess({ ...access, isPasswordProven: !!opened && isUnlocked(event, opened.share) })
  if (verdict === 'password-needed' && password !== undefined && opened?.share.password_hash)
    verdict = decideShareAccess({ ...access, isPasswordProven: await verifyPassword(password, opened.share.password_hash) })
  const shareInfo = describeShare(access, verdict)
  if (!opened || verdict !== 'granted') throw refusal(verdict, shareInfo)
  return { ...opened, shareInfo }
}

function accessTo(opened: OpenedShare | undefined, viewer: User | undefined): Omit<ShareAccess, 'isPasswordProven'> {
  if (!opened) return { now: new Date() }
  const { share, isWhitelisted, now } = opened
  return {
    share: {
      ownerId: share.neptun_user_id,
      isSwitchedOn: share.is_shared,
      expiresAt: share.expires_at,
      hasPassword: share.password_hash !== null,
      hasWhitelist: share.has_whitelist,
    },
    viewer: viewer && { id: viewer.id, isWhitelisted },
    now,
  }
}

function refusal(verdict: ShareVerdict, shareInfo: Record<string, boolean>): HttpError {
  const data = { shareInfo }
  switch (verdict) {
    case 'missing':
    case 'inactive':
      return new HttpError(404, 'The share does not exist.', { statusMessage: 'Not Found (share not found)', data })
    case 'not-whitelisted':
      return new HttpError(403, 'You are not on the whitelist.', { statusMessage: 'Forbidden (not on whitelist)', data })
    default:
      return new HttpError(401, 'You are not authorized to view this chat.', { statusMessage: 'Unauthorized (incorrect credentials)', data })
  }
}
