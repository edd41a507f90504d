import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { useConfig } from './config.ts'

type Part = string | number | undefined

/** A signature is valid for one purpose only. */
type Purpose = 'cursor' | 'file' | 'rate-limit' | 'unlock'

/** The signing secret, imported once. */
let key: KeyObject | undefined

/** HMAC-SHA256 of a purpose and its parts, in base64url. */
export function sign(purpose: Purpose, ...parts: Part[]): string {
  const payload = JSON.stringify([purpose, ...parts])
  key ??= createSecretKey(useConfig().signingSecret, 'utf8')
  return createHmac('sha256', key).update(payload).digest('base64url')
}

/** Verifies a signature in constant time. */
export function isSigned(signature: string, purpose: Purpose, ...parts: Part[]): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(purpose, ...parts))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
