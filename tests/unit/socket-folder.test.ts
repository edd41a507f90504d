import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSocketFolder } from '#db/socket-folder'

/** Creates a folder with a socket, reports it and waits to be killed. */
const holder = `
  import { createServer } from 'node:net'
  import { createSocketFolder } from '#db/socket-folder'
  const { path, socket } = await createSocketFolder()
  createServer().listen(socket, () => process.send(path))
`

let children: ChildProcess[] = []
const startHolder = async () => {
  const child = fork('', { execArgv: ['--input-type=module', '--eval', holder] })
  children.push(child)
  const [path] = await once(child, 'message') as [string]
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { path, kill }
}

beforeEach(() => vi.stubEnv('TMPDIR', mkdtempSync(join(tmpdir(), 'neptun-test-'))))
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  vi.unstubAllEnvs()
})

describe.skipIf(process.platform === 'win32')('a folder for a socket', { timeout: 60_000 }, () => {
  it('is removed once its process has been killed, but not before', async () => {
    const [killed, living] = [await startHolder(), await startHolder()]
    const first = await createSocketFolder()
    writeFileSync(first.socket, '')
    expect([killed.path, living.path, first.path].map(path => existsSync(path))).toStrictEqual([true, true, true])

    await killed.kill()
    const second = await createSocketFolder()
    expect([killed.path, living.path, first.path].map(path => existsSync(path))).toStrictEqual([false, true, true])
    await second.remove()
    await first.remove()
    expect(readdirSync(tmpdir()).map(name => join(tmpdir(), name))).toStrictEqual([living.path])
  })

  it('is kept if it is not known to be one, or is about to be locked', async () => {
    const folders = { 'neptun-other': 'data', 'neptun-old': '.s.PGSQL.5432', 'neptun-new': 'lock' }
    for (const [name, file] of Object.entries(folders)) {
      mkdirSync(join(tmpdir(), name))
      writeFileSync(join(tmpdir(), name, file), '')
    }
    const { remove } = await createSocketFolder()
    await remove()
    expect(readdirSync(tmpdir()).sort()).toStrictEqual(['neptun-new', 'neptun-old', 'neptun-other'])
  })
})
