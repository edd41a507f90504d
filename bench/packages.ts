import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { progress } from './progress.ts'

/** What the benchmark installs and builds for itself. */
export const cacheFolder = join(import.meta.dirname, '../node_modules/.cache/bench')

/**
 * Installs a package for the benchmark alone, once, outside the dependencies of the project.
 * @returns its folder; undefined if it cannot be installed
 */
export function installPackage(name: string, version: string): string | undefined {
  const target = join(cacheFolder, `${name}-${version}`)
  const installed = join(target, 'node_modules', name)
  if (existsSync(installed)) return installed
  progress(`Installing ${name}@${version} for the benchmark`)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'package.json'), '{ "private": true }')
  const args = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`]
  const { status } = spawnSync('npm', args, { cwd: target, stdio: ['ignore', 'ignore', 'inherit'] })
  return status === 0 ? installed : undefined
}
