/** What decides who may open a shared chat. */
export interface ShareAccess {
  /** Undefined if there is no such share. */
  share?: {
    ownerId: number
    isSwitchedOn: boolean
    expiresAt: Date | null
    hasPassword: boolean
    hasWhitelist: boolean
  }
  /** Undefined for somebody who is not signed in. */
  viewer?: { id: number, isWhitelisted: boolean }
  /** Whether the viewer has proven the share's password, now or by an unlock cookie. */
  isPasswordProven: boolean
  now: Date
}

export type ShareVerdict = 'missing' | 'inactive' | 'granted' | 'sign-in-needed' | 'not-whitelisted' | 'password-needed'

/**
 * Decides who may open a shared chat; the first rule that fits. The password comes last, so that nobody has to be
 * asked for it who could not get in anyway.
 */
export function decideShareAccess({ share, viewer, isPasswordProven, now }: ShareAccess): ShareVerdict {
  if (!share) return 'missing'
  if (!share.isSwitchedOn || (share.expiresAt && share.expiresAt <= now)) return 'inactive'
  if (viewer?.id === share.ownerId) return 'granted'
  if (share.hasWhitelist && !viewer) return 'sign-in-needed'
  if (share.hasWhitelist && !viewer?.isWhitelisted) return 'not-whitelisted'
  if (share.hasPassword && !isPasswordProven) return 'password-needed'
  return 'granted'
}

/** What a caller is told of a share, by its verdict: of one that is off, only that it exists. */
export function describeShare({ share }: Pick<ShareAccess, 'share'>, verdict: ShareVerdict) {
  const isActive = verdict !== 'missing' && verdict !== 'inactive'
  const hasPassword = isActive && share!.hasPassword
  const hasWhitelist = isActive && share!.hasWhitelist
  return {
    shareExists: verdict !== 'missing',
    shareIsActive: isActive,
    shareIsPrivate: hasPassword || hasWhitelist,
    shareHasPassword: hasPassword,
    shareHasWhitelist: hasWhitelist,
  }
}
