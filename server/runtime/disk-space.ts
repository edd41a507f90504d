import { statfs } from 'node:fs/promises'
import { mebibyte } from '#server/contracts/kit/limits'
import { useConfig } from './config.ts'

/** There is no room left for the embedded database. */
export class DiskFullError extends Error {
  override name = 'DiskFullError'
  constructor() {
    super('The disk of the server is full.')
  }
}

let directory: string | undefined

/** Sets the directory of the embedded database. A PostgreSQL server looks after its own disk. */
export function watchDisk(path: string): void {
  directory = path
}

/**
 * Checks, before something is written, that the embedded database has room for it. PostgreSQL stops if it cannot write
 * its log; as a server it would then be started again, but the embedded one hangs.
 * @throws DiskFullError
 */
export async function assertRoom(): Promise<void> {
  if (directory === undefined) return
  const { bavail, bsize } = await statfs(directory)
  if (bavail * bsize < reserve()) throw new DiskFullError()
}

/** Bytes for all bodies that are in memory, in the tables, in the log and in its next files. */
const reserve = () => 2 * useConfig().maxTotalBodyBytes + 64 * mebibyte
