import type { RateLimit } from '#server/runtime/config'
import type { ShareInfo, ShareVerdict } from './share-access.ts'

/** Unknown e-mail address or wrong password; the two are indistinguishable. */
export class InvalidCredentialsError extends Error {
  override name = 'InvalidCredentialsError'
  constructor() {
    super('Invalid credentials')
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

  constructor(verdict: Exclude<ShareVerdict, 'granted'>, shareInfo: ShareInfo) {
    super(`Share refused: ${verdict}`)
    this.verdict = verdict
    this.shareInfo = shareInfo
  }
}

/** There have been too many attempts to guess a secret. */
export class TooManyAttemptsError extends Error {
  override name = 'TooManyAttemptsError'
  /** The name of the limit that is exceeded. */
  readonly limitName: string
  readonly limit: RateLimit
  /** Seconds until attempts are possible again. */
  readonly retryAfter: number

  constructor(limitName: string, limit: RateLimit, retryAfter: number) {
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
