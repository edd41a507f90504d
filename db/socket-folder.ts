import { once } from 'node:events'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockFile } from './file-lock.ts'

/** A directory for a Unix socket, which only this user can enter. */
interface SocketFolder {
  path: string
  /** The path of the socket, by the name that clients of PostgreSQL expect. */
  socket: string
  remove: () => Promise<void>
}

const prefix = 'neptun-'
const files = { socket: '.s.PGSQL.5432', lock: 'lock', journalOfLock: 'lock-journal' }
const socketIn = (folder: string) => join(folder, files.socket)
const lockIn = (folder: string) => join(folder, files.lock)

/** The milliseconds within which a process has created the lock and the socket. */
const setupTime = 60_000

/** Creates a temporary folder for a socket, and removes those of processes that were killed. */
export async function createSocketFolder(): Promise<SocketFolder> {
  await removeAbandonedFolders()
  const path = await mkdtemp(join(tmpdir(), prefix))
  const lock = lockFile(lockIn(path))
  return {
    path,
    socket: socketIn(path),
    async remove() {
      await rm(path, { recursive: true, force: true })
      lock?.release()
    },
  }
}

/** Removes the folders of processes that were killed. */
async function removeAbandonedFolders(): Promise<void> {
  const names = await readdir(tmpdir())
  // As mkdtemp names them.
  const folders = names.filter(name => name.startsWith(prefix) && name.length === prefix.length + 6)
  // Another process may remove them at the same time.
  await Promise.allSettled(folders.map(name => removeIfAbandoned(join(tmpdir(), name))))
}

/**
 * Removes a folder whose lock nobody holds. A pid could not tell whether it is in use, because a new process may have
 * the same. A folder without a lock or a socket may be new, and its process about to create them.
 */
async function removeIfAbandoned(folder: string): Promise<void> {
  // In a shared temporary directory, others may have folders of the same name.
  const { uid, mtimeMs } = await lstat(folder)
  if (uid !== process.getuid?.()) return
  const names = await readdir(folder)
  if (!names.every(name => Object.values(files).includes(name))) return
  const [hasSocket, hasLock] = [names.includes(files.socket), names.includes(files.lock)]
  if (!(hasSocket && hasLock) && Date.now() - mtimeMs < setupTime) return
  // Some systems remove old files from the temporary directory, but no sockets in use.
  if (hasSocket && !hasLock && await hasListener(socketIn(folder))) return
  const lock = lockFile(lockIn(folder))
  if (!lock) return
  await rm(folder, { recursive: true, force: true }).finally(lock.release)
}

/** Whether a process listens on a socket. The embedded database has one connection, so this is the last resort. */
async function hasListener(path: string): Promise<boolean> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED'
  }
  finally {
    socket.destroy()
  }
}
