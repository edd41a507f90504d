import bcrypt from 'bcrypt'
import { createHash } from 'node:crypto'
import { useConfig } from '#server/runtime/config'

/** bcrypt reads only 72 bytes, so it gets a digest of fixed length instead of the password. */
const digest = (password: string) => createHash('sha384').update(password, 'utf8').digest('base64')

/** Hashes a password of any length, off the event loop. */
export function hashPassword(password: string, cost = useConfig().bcryptCost): Promise<string> {
  return bcrypt.hash(digest(password), cost)
}

/**
 * Verifies a password against its hash. Without a hash, it returns false after the same time, so that the time does
 * not reveal whether an account exists.
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const matches = await bcrypt.compare(digest(password), hash ?? unmatchableHash())
  return matches && hash !== undefined
}

/** A well-formed hash of the configured cost that matches no password. */
function unmatchableHash(): string {
  return `$2b$${String(useConfig().bcryptCost).padStart(2, '0')}$${'.'.repeat(53)}`
}
