import { spawnSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { progress } from './progress.ts'

const root = join(import.meta.dirname, '..')

/** The entry of the production server. */
export const serverEntry = join(root, '.output/server/index.mjs')

const sources = ['server/**', 'db/**', 'migrations/**', 'modules/**', 'nuxt.config.ts', 'package-lock.json']

/** Builds the production server if there is no build, or a source is newer. */
export function buildIfStale(): void {
  if (existsSync(serverEntry) && statSync(serverEntry).mtimeMs > newestSource()) return
  progress('Building the server')
  const stdio = ['ignore', 'ignore', 'inherit'] as const
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: [...stdio] })
  if (status !== 0) throw new Error('npm run build failed.')
}

function newestSource(): number {
  return Math.max(...globSync(sources, { cwd: root }).map(path => statSync(join(root, path)).mtimeMs))
}
