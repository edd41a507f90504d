import { execFile, spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tempFolder } from './temp-folder.ts'
import { undisturbed } from './undisturbed.ts'

/** The program, in the PATH or where Debian installs it; undefined if it is not installed. */
const program = ['pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench').sort().reverse()]
  .find(name => !spawnSync(name, ['--version']).error)

export const hasPgbench = program !== undefined

export interface PgbenchOptions {
  url: string
  seconds: number
  clients: number
}

/**
 * Runs scripts with prepared statements, as fast as the database answers. Each transaction runs one of them, selected
 * at random.
 * @returns transactions per second
 */
export async function pgbench(scripts: readonly string[], { url, seconds, clients }: PgbenchOptions): Promise<number> {
  const folder = await tempFolder()
  const files = scripts.map((_, i) => join(folder, `script-${i}.sql`))
  await Promise.all(files.map((file, i) => writeFile(file, scripts[i]!)))
  const options = ['--no-vacuum', '--protocol=prepared', `--client=${clients}`, `--time=${seconds}`]
  const args = [...options, ...files.map(file => `--file=${file}`), url]
  // Each connection plans each script once, as the connections of a server do after a while.
  const env = { ...process.env, PGOPTIONS: '-c plan_cache_mode=force_generic_plan' }
  const { stdout } = await undisturbed(() => promisify(execFile)(program!, args, { env }))
  return Number(/tps = ([\d.]+)/.exec(stdout)![1])
}
