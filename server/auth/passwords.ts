import { createHash } from 'node:crypto'
import productionBcrypt from 'bcrypt'
import { useConfig } from '#server/runtime/config'
import { bcryptInDevelopment } from './bcrypt-in-development.ts'
import type { Client } from './client.ts'
import { inHashQueue } from './hash-queue.ts'

const bcrypt = import.meta.dev ? bcryptInDevelopment : productionBcrypt

/** bcrypt reads only 72 bytes, so it gets a digest of fixed length instead of the password. */
const digest = (password: string) => createHash('sha384').update(password, 'utf8').digest('base64')

/**
 * Hashes a password of any length, off the event loop.
 * @param client who waits for the result
 * @throws OverloadedError if too many passwords are waiting to be hashed
 */
export function hashPassword(password: string, client?: Client, cost = useConfig().bcryptCost): Promise<string> {
  return inHashQueue(() => bcrypt.hash(digest(password), cost), client)
}

/**
 * Verifies a password against its hash. Without a hash, it returns false after the same time, so that the time does
 * not reveal whether an account exists.
 * @param client who waits for the result
 * @throws OverloadedError if too many passwords are waiting to be hashed
 */
export async function verifyPassword(
  password: string,
  hash: string | undefined,
  client?: Client,
): Promise<boolean> {
  const matches = await inHashQueue(() => bcrypt.compare(digest(password), hash ?? unmatchableHash()), client)
  return matches && hash !== undefined
}

/** A well-formed hash of the configured cost that matches no password. */
function unmatchableHash(): string {
  return `$2b$${String(useConfig().bcryptCost).padStart(2, '0')}$${'.'.repeat(53)}`
}
