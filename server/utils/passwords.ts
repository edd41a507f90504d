import bcrypt from 'bcrypt'
import { createHash } from 'node:crypto'
import { useConfig } from '#server/config'

/** bcrypt reads 72 bytes: a digest of fixed length stands in for the password, so that none is cut off. */
const digest = (password: string) => createHash('sha384').update(password, 'utf8').digest('base64')

/** The hash of a password of any length, to be stored. Takes a while, in a thread of its own. */
export function hashPassword(password: string, cost = useConfig().bcryptCost): Promise<string> {
  return bcrypt.hash(digest(password), cost)
}

/**
 * Whether a password is the one that was hashed. Without a hash it is not, which takes as long to find out: whether
 * somebody has an account cannot be told from the time.
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const matches = await bcrypt.compare(digest(password), hash ?? hashOfNothing())
  return matches && hash !== undefined
}

/** Well-formed, of the usual cost, and the hash of no known password. */
function hashOfNothing(): string {
  return `$2b$${String(useConfig().bcryptCost).padStart(2, '0')}$${'.'.repeat(53)}`
}
