import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defer } from './cleanup.ts'

let folder: Promise<string> | undefined

/** A folder for scripts, which is removed at the end. */
export function tempFolder(): Promise<string> {
  return folder ??= create()
}

async function create(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'neptun-bench-'))
  defer(() => rm(path, { recursive: true }))
  return path
}
