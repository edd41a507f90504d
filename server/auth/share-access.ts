/** What decides whether a caller may open a share. */
export interface ShareAccess {
  /** Undefined if there is no such share. */
  share?: {
    ownerId: number
    isSwitchedOn: boolean
    expiresAt: Date | null
    hasPassword: boolean
    hasWhitelist: boolean
  }
  /** Undefined for an anonymous caller. */
  viewer?: { id: number, isWhitelisted: boolean }
  /** Whether the caller has proven the password, in this request or by an unlock cookie. */
  isPasswordProven: boolean
  now: Date
}

export type ShareVerdict
  = 'missing' | 'inactive' | 'granted' | 'session-required' | 'not-whitelisted' | 'password-required'

/** Decides whether a caller may open a share. The first rule that applies wins. */
export function decideShareAccess({ share, viewer, isPasswordProven, now }: ShareAccess): ShareVerdict {
  if (!share) return 'missing'
  if (!share.isSwitchedOn || (share.expiresAt && share.expiresAt <= now)) return 'inactive'
  if (viewer?.id === share.ownerId) return 'granted'
  if (share.hasWhitelist && !viewer) return 'session-required'
  if (share.hasWhitelist && !viewer?.isWhitelisted) return 'not-whitelisted'
  if (share.hasPassword && !isPasswordProven) return 'password-required'
  return 'granted'
}

/** What a caller may learn about a share. */
export interface ShareInfo {
  shareExists: boolean
  shareIsActive: boolean
  shareIsPrivate: boolean
  shareHasPassword: boolean
  shareHasWhitelist: boolean
}

/** Describes a share to a caller. Reveals only the existence of an inactive share. */
export function describeShare({ share }: Pick<ShareAccess, 'share'>, verdict: ShareVerdict): ShareInfo {
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
