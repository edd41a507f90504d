import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deployment } from '../deployments/deployment.ts'

const root = join(import.meta.dirname, '../..')

/** Builds the server, for Vercel if the tests run on a function. */
export async function build(): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...given } = process.env
  const env = { ...given, ...deployment === 'vercel' && { NITRO_PRESET: 'vercel' } }
  const nuxt = join(root, 'node_modules/nuxt/bin/nuxt.mjs')
  await promisify(execFile)(process.execPath, [nuxt, 'build', '--logLevel=silent'], { cwd: root, env })
}

/** The time of the last build. */
export async function buildDate(): Promise<string> {
  const { date } = JSON.parse(await readFile(join(root, '.output/nitro.json'), 'utf8')) as { date: string }
  return date
}
