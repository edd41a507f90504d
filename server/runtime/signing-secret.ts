import { randomBytes } from 'node:crypto'
import {
  closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** The file of the signing secret does not contain one, for example because the disk was full. */
export class DamagedSecretError extends Error {
  override name = 'DamagedSecretError'
  constructor(file: string) {
    super(`The signing secret in ${file} is damaged. Restore the file, or delete it to create a new secret, `
      + 'which invalidates all cursors, file links and unlocked shares.')
  }
}

/**
 * The signing secret of the embedded database, created at the first start and kept so that links survive restarts.
 * @throws DamagedSecretError
 */
export function readOrCreateSecret(dataDir: string): string {
  const file = join(dataDir, 'signing-secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) createSecret(file)
  const secret = readFileSync(file, 'utf8')
  if (!/^[\w-]{43}$/.test(secret)) throw new DamagedSecretError(file)
  return secret
}

/** Creates the file with its whole content, unless another process is the first to do so. */
function createSecret(file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, randomBytes(32).toString('base64url'))
    fsyncSync(descriptor)
    linkSync(draft, file)
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  finally {
    closeSync(descriptor)
    rmSync(draft)
  }
}
