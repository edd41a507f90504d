import { existsSync } from 'node:fs'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
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
const socketIn = (folder: string) => join(folder, '.s.PGSQL.5432')
const lockIn = (folder: string) => join(folder, 'lock')

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
  const folders = names.filter(name => name.startsWith(prefix)).map(name => join(tmpdir(), name))
  // Another process may remove them at the same time.
  await Promise.allSettled(folders.map(removeIfAbandoned))
}

/**
 * Removes a folder whose lock nobody holds. Neither a pid, which may be that of a new process, nor a connection, of
 * which the embedded database has one, could tell whether a folder is in use. A process locks its folder before it
 * creates the socket, so a folder without a socket may be new.
 */
async function removeIfAbandoned(folder: string): Promise<void> {
  // In a shared temporary directory, others may have folders of the same name.
  if ((await lstat(folder)).uid !== process.getuid?.()) return
  if (!existsSync(socketIn(folder)) || !existsSync(lockIn(folder))) return
  const lock = lockFile(lockIn(folder))
  if (!lock) return
  await rm(folder, { recursive: true, force: true }).finally(lock.release)
}
