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
