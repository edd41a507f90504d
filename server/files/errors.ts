/** A file link that is forged or altered, has expired, or was revoked with the share that issued it. */
export class InvalidLinkError extends Error {
  override name = 'InvalidLinkError'
  constructor() {
    super('This link is invalid or has expired.')
  }
}
