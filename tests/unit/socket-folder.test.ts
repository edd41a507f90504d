import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
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

/** Creates a folder with these files. */
const createFolder = (name: string, ...files: string[]) => {
  const path = join(tmpdir(), name)
  mkdirSync(path)
  for (const file of files) writeFileSync(join(path, file), '')
  return path
}
/** Makes a folder as old as one that no process is setting up. */
const age = (path: string) => {
  const twoMinutesAgo = new Date(Date.now() - 120_000)
  utimesSync(path, twoMinutesAgo, twoMinutesAgo)
}
/** Does what each start does. */
const start = async () => (await createSocketFolder()).remove()
const remaining = () => readdirSync(tmpdir()).sort()

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

  it('is kept if it is new, and removed later if its process was killed before it was complete', async () => {
    const killed = await startHolder()
    await killed.kill()
    rmSync(join(killed.path, 'lock'))
    const folders = [createFolder('neptun-empty1'), createFolder('neptun-locked', 'lock'), killed.path]
    await start()
    expect(remaining()).toHaveLength(3)
    folders.forEach(age)
    await start()
    expect(remaining()).toEqual([])
  })

  it('is kept, however old, while its process lives', async () => {
    const [unbound, bound, unlocked] = [await createSocketFolder(), await startHolder(), await startHolder()]
    rmSync(join(unlocked.path, 'lock'))
    const paths = [unbound.path, bound.path, unlocked.path]
    paths.forEach(age)
    await start()
    expect(remaining().map(name => join(tmpdir(), name))).toEqual(paths.sort())
    await unbound.remove()
  })

  it('is kept if it is not known to be one', async () => {
    const complete = ['.s.PGSQL.5432', 'lock']
    const paths = [
      createFolder('neptun-others', 'data'), createFolder('neptun-mixed1', 'data', ...complete),
      createFolder('neptun-test-abcdef'), createFolder('other-abcdef', ...complete),
    ]
    paths.forEach(age)
    await start()
    expect(remaining()).toEqual(['neptun-mixed1', 'neptun-others', 'neptun-test-abcdef', 'other-abcdef'])
  })
})
