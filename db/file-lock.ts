/** A lock on a file, held by this process. */
interface FileLock {
  release: () => void
}

/**
 * Locks a file, which is created if it does not exist. The operating system holds the lock (through SQLite, on every
 * platform) and releases it however the process ends.
 * @returns undefined if another process, or another part of this one, holds the lock
 */
export function lockFile(path: string): FileLock | undefined {
  // Not an import: bundlers mistake this recent built-in module for a package.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const holder = new DatabaseSync(path, { timeout: 0 })
  try {
    holder.exec('pragma locking_mode = exclusive; begin exclusive')
    return { release: () => holder.close() }
  }
  catch {
    holder.close()
    return undefined
  }
}
