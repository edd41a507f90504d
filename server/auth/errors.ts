import type { RateLimit, RateLimitName } from '#server/runtime/config'
import type { ShareInfo, ShareVerdict } from './share-access.ts'

/** Unknown e-mail address or wrong password; the two are indistinguishable. */
export class InvalidCredentialsError extends Error {
  override name = 'InvalidCredentialsError'
  /** The account of the address, for the log; undefined if there is none. */
  readonly user_id: number | undefined

  constructor(user_id?: number) {
    super('Invalid credentials')
    this.user_id = user_id
  }
}

/** An account change with a wrong current password. */
export class WrongPasswordError extends Error {
  override name = 'WrongPasswordError'
  constructor() {
    super('Wrong current password')
  }
}

/** The caller may not open the share. */
export class ShareRefusedError extends Error {
  override name = 'ShareRefusedError'
  readonly verdict: Exclude<ShareVerdict, 'granted'>
  readonly shareInfo: ShareInfo
  /** Whether the caller has given a password that is wrong. */
  readonly isPasswordWrong: boolean
  /** The owner of the share, for the log; undefined if there is no such share. */
  readonly owner_id: number | undefined

  constructor(
    verdict: Exclude<ShareVerdict, 'granted'>,
    shareInfo: ShareInfo,
    { isPasswordWrong = false, owner_id }: { isPasswordWrong?: boolean, owner_id?: number } = {},
  ) {
    super(`Share refused: ${verdict}`)
    this.verdict = verdict
    this.shareInfo = shareInfo
    this.isPasswordWrong = isPasswordWrong
    this.owner_id = owner_id
  }
}

/** There have been too many attempts to guess a secret. */
export class TooManyAttemptsError extends Error {
  override name = 'TooManyAttemptsError'
  /** The name of the limit that is exceeded. */
  readonly limitName: RateLimitName
  readonly limit: RateLimit
  /** Seconds until attempts are possible again. */
  readonly retryAfter: number

  constructor(limitName: RateLimitName, limit: RateLimit, retryAfter: number) {
    super('Too many attempts')
    this.limitName = limitName
    this.limit = limit
    this.retryAfter = retryAfter
  }
}

/** Too many passwords are waiting to be hashed, or attempts to be counted. */
export class OverloadedError extends Error {
  override name = 'OverloadedError'
  constructor() {
    super('Too many passwords are waiting to be hashed')
  }
}
