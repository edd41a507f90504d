import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { witnessedServer } from '../support/proxy.ts'
import { anEmail } from '../support/world.ts'

const baseUrl = await witnessedServer()
const root = join(import.meta.dirname, '../..')
const readme = await readFile(join(root, 'client/README.md'), 'utf8')
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, lines]) => lines!)
const allLines = blocks.join('')

/** A project of somebody else: the packed client is unpacked into it, and what it depends on lies beside it. */
let folder: string
let client: string

/** Runs a command in that project; gives what it prints, also where it fails. */
const run = (file: string, ...args: string[]) => new Promise<string>(resolve =>
  execFile(file, args, { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr)))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  client = join(folder, 'node_modules/@neptun/client')
  await mkdir(client, { recursive: true })
  await mkdir(join(folder, 'node_modules/@types'))
  await promisify(execFile)('npm', ['pack', '--silent', '--workspace=client', `--pack-destination=${folder}`], { cwd: root })
  await run('tar', '-xzf', (await readdir(folder)).find(file => file.endsWith('.tgz'))!, '--strip-components=1', '-C', client)
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node'])
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs lines of the README on the server of the tests, with an account of their own. */
async function runLines(file: string, lines: string): Promise<string> {
  await writeFile(join(folder, file), lines.replaceAll('http://127.0.0.1:3000', baseUrl).replaceAll('ada@example.com', anEmail()))
  return run(process.execPath, file)
}

describe('the packed client', () => {
  it('holds what its users need, and nothing else', async () => {
    expect((await readdir(client)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
    const modules = ['index', 'schema', 'unwrap']
    expect((await readdir(join(client, 'dist'))).sort()).toEqual(modules.flatMap(name => [`${name}.d.ts`, `${name}.js`]))
    expect(await readFile(join(client, 'LICENSE'), 'utf8')).toBe(await readFile(join(root, 'LICENSE'), 'utf8'))
  })

  it('runs the first five lines of its README as JavaScript', async () => {
    expect(blocks[0]!.trim().split('\n')).toHaveLength(5)
    expect(await runLines('first.mjs', blocks[0]!)).toBe('First chat\n')
  })

  it('runs all lines of its README', async () => {
    const printed = await runLines('all.ts', allLines)
    expect(printed).toContain('400 Invalid body(email, password)')
    expect(printed).toContain('404 User not found')
    expect(printed).toContain('hello.js console.log("Hello")')
    expect(printed).toMatch(/\[ 'What is this\?' ]\n$/)
  })

  it.each([
    ['Node', '--module', 'nodenext', '--lib', 'esnext', '--types', 'node'],
    ['a browser', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'esnext,dom'],
  ])('has types for %s, under which all lines of its README compile', async (_, ...options) => {
    await writeFile(join(folder, 'readme.ts'), allLines)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    expect(await run(process.execPath, compiler, '--strict', '--noEmit', '--target', 'esnext', ...options, 'readme.ts')).toBe('')
  })
})
