import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { useConfig } from './config.ts'
import { readOrCreateSecret } from './signing-secret.ts'

type Part = string | number | undefined

/** A signature is valid for one purpose only. */
type Purpose = 'cursor' | 'file' | 'idempotency' | 'rate-limit' | 'unlock'

interface Keys {
  current: KeyObject
  previous?: KeyObject
}

let keys: Keys | undefined

/**
 * The signing secrets, read at the first call.
 * @throws DamagedSecretError
 */
export function useSigningKeys(): Keys {
  return keys ??= readKeys()
}

function readKeys(): Keys {
  const { signingSecret, previousSigningSecret, dataDir } = useConfig()
  const keyOf = (secret: string) => createSecretKey(secret, 'utf8')
  return {
    current: keyOf(signingSecret ?? readOrCreateSecret(dataDir)),
    previous: previousSigningSecret === undefined ? undefined : keyOf(previousSigningSecret),
  }
}

/** HMAC-SHA256 of a purpose and its parts, in base64url. */
export function sign(purpose: Purpose, ...parts: Part[]): string {
  return signWith(useSigningKeys().current, purpose, parts)
}

/** Verifies a signature in constant time. That of the previous secret is valid as well. */
export function isSigned(signature: string, purpose: Purpose, ...parts: Part[]): boolean {
  const { current, previous } = useSigningKeys()
  const isSignedWith = (key: KeyObject) => isEqual(signature, signWith(key, purpose, parts))
  return isSignedWith(current) || (previous !== undefined && isSignedWith(previous))
}

function signWith(key: KeyObject, purpose: Purpose, parts: Part[]): string {
  return createHmac('sha256', key).update(JSON.stringify([purpose, ...parts])).digest('base64url')
}

function isEqual(signature: string, expected: string): boolean {
  const [given, wanted] = [Buffer.from(signature), Buffer.from(expected)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
