import { createHmac, timingSafeEqual } from 'node:crypto'
import { useConfig } from '#server/config'

type Part = string | number | undefined

/** What a signature is for; one that was made for something else does not fit. */
type Purpose = 'cursor' | 'file' | 'unlock'

/** HMAC-SHA256 over a purpose and its parts, in base64url. */
export function sign(purpose: Purpose, ...parts: Part[]): string {
  return createHmac('sha256', useConfig().signingSecret).update(JSON.stringify([purpose, ...parts])).digest('base64url')
}

/** Whether a signature is the one of these parts, in a time that does not tell how much of it is right. */
export function isSigned(signature: string, purpose: Purpose, ...parts: Part[]): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(purpose, ...parts))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
