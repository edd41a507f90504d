import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withTempFolder } from '../support/code-examples.ts'

const module = join(import.meta.dirname, '../../scripts/load-env.mjs')
const program = 'console.log(process.env.FIRST, process.env.SECOND)'

/** Runs a program as `npm start` runs the server. */
function run(cwd: string) {
  const env = { PATH: process.env.PATH, SECOND: 'set' }
  const { stdout, stderr, status } = spawnSync(
    process.execPath, [`--import=${module}`, '--eval', program], { cwd, env, encoding: 'utf8' },
  )
  return { stdout, stderr, status }
}

describe('.env', () => {
  it('is optional, without a word', () => withTempFolder(async (folder) => {
    expect(run(folder)).toEqual({ stdout: 'undefined set\n', stderr: '', status: 0 })
  }))

  it('sets the variables that are not set', () => withTempFolder(async (folder) => {
    await writeFile(join(folder, '.env'), 'FIRST=file\nSECOND=file\n')
    expect(run(folder)).toEqual({ stdout: 'file set\n', stderr: '', status: 0 })
  }))

  it('must be readable', () => withTempFolder(async (folder) => {
    await mkdir(join(folder, '.env'))
    expect(run(folder)).toMatchObject({ stdout: '', status: 1 })
  }))
})
