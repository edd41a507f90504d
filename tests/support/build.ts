import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')

/** Builds the server. */
export async function build(): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const nuxt = join(root, 'node_modules/nuxt/bin/nuxt.mjs')
  await promisify(execFile)(process.execPath, [nuxt, 'build', '--logLevel=silent'], { cwd: root, env })
}

/** The time of the last build. */
export async function buildDate(): Promise<string> {
  const { date } = JSON.parse(await readFile(join(root, '.output/nitro.json'), 'utf8')) as { date: string }
  return date
}
