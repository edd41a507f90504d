import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Resource } from '#client/core'
import { createNeptun, Neptun } from '#client/index'
import { Resources } from '#client/resources'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { codeBlocksOf } from '../support/code-examples.ts'
import { signedInUser, uniqueEmail } from '../support/factories.ts'
import { sendJson, startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()
const root = join(import.meta.dirname, '../..')
const examplesOf = (path: string) =>
  codeBlocksOf(path).filter(({ language }) => language === 'ts').map(({ code }) => code)
const examples = examplesOf('client/README.md')
const allExamples = examples.join('')

/** The ten tasks, each with the methods of the client and with exact calls. */
const [beginning, ...tasks] = examplesOf('docs/typed-client.md')
const solution = (kind: 'methods' | 'exact calls') => beginning + tasks
  .filter((_, i) => i % 2 === (kind === 'methods' ? 0 : 1))
  .map((code, i) => `{\n${code}}\nconsole.log('--- ${i + 1}')\n`)
  .join('')

/** A project outside the repository with the packed client and its dependencies in node_modules. */
let folder: string
let client: string

/** Runs a command in that project and returns its output, even if the command fails. */
const run = (file: string, ...args: string[]) => new Promise<string>(resolve =>
  execFile(file, args, { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr)))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  client = join(folder, 'node_modules/@neptun/client')
  await mkdir(client, { recursive: true })
  await mkdir(join(folder, 'node_modules/@types'))
  const pack = ['pack', '--silent', '--workspace=client', `--pack-destination=${folder}`]
  await promisify(execFile)('npm', pack, { cwd: root })
  const tarball = (await readdir(folder)).find(file => file.endsWith('.tgz'))!
  await run('tar', '-xzf', tarball, '--strip-components=1', '-C', client)
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node'])
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a README example against the test server, with a new account. */
async function runExample(file: string, code: string): Promise<string> {
  const withTestServer = code.replaceAll('http://127.0.0.1:3000', baseUrl).replaceAll('ada@example.com', uniqueEmail())
  await writeFile(join(folder, file), withTestServer)
  return run(process.execPath, file)
}

describe('packed client', () => {
  it('contains only the README, license, manifest and build output', async () => {
    expect((await readdir(client)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
    const modules = (await readdir(join(root, 'client/src'))).map(name => name.replace('.ts', ''))
    const built = (await readdir(join(client, 'dist'))).sort()
    expect(built).toEqual(modules.flatMap(name => [`${name}.d.ts`, `${name}.js`]).sort())
    expect(await readFile(join(client, 'LICENSE'), 'utf8')).toBe(await readFile(join(root, 'LICENSE'), 'utf8'))
  })

  it('runs the first, five-line README example as JavaScript', async () => {
    expect(examples[0]!.trim().split('\n')).toHaveLength(5)
    expect(await runExample('first.mjs', examples[0]!)).toBe('First chat\n')
  })

  it('has a README that lists all methods', async () => {
    const lines = (await readFile(join(client, 'README.md'), 'utf8')).split('\n')
    const namesIn = (cell: string) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!)
    const listed = lines.filter(line => line.startsWith('| `neptun')).flatMap((line) => {
      const [, resources, methods] = line.split('|').map(namesIn)
      return resources!.flatMap(resource => methods!.map(method => `${resource}.${method}`))
    })
    const neptun = createNeptun({ baseUrl })
    const resources = Object.entries<object>({ ...neptun }).filter(([, value]) => value instanceof Resource)
    const methodsOf = (name: string, prototype: object) => Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([method, { value }]) => method !== 'constructor' && value)
      .map(([method]) => `${name}.${method}`)
    const existing = [
      ...resources.flatMap(([name, value]) => methodsOf(`neptun.${name}`, Object.getPrototypeOf(value) as object)),
      ...[Neptun, Resources].flatMap(({ prototype }) => methodsOf('neptun', prototype)),
    ]
    expect(listed.sort()).toEqual(existing.sort())
  })

  it('runs all README examples', async () => {
    const printed = await runExample('all.ts', allExamples)
    expect(printed).toContain(`First chat\nWhat is this? 1\n1 1 First chat\n[ 'What is this?', 'A chat.' ]\n2\n`)
    expect(printed).toContain('400 ValidationError Invalid body(email, password)')
    expect(printed).toContain(`\ntrue\n`)
    expect(printed).toContain(`[ 'hello.js: 20', 'three.bytes: 3', 'package.json: 20' ]\nconsole.log("Hello")\n`)
    expect(printed).toContain(`401 true\nFirst chat [ 'What is this?', 'A chat.' ]\nundefined\nRenamed\n`)
    expect(printed).toMatch(/\n200 [\w-]+@example.com\n$/)
  })

  it('runs the turn of a chat in the README of the repository', async () => {
    const ada = await signedInUser()
    const message = { role: 'assistant', content: 'print("Hello")', refusal: null }
    const choices = [{ index: 0, message, finish_reason: 'stop' }]
    const provider = await startStubServer(response => sendJson(response, 200, { object: 'chat.completion', choices }))
    const { code } = codeBlocksOf('README.md').find(({ language }) => language === 'js')!
    const forTest = code
      .replace('https://openrouter.ai', provider.url)
      .replace('demo@example.com', ada.email)
      .replace('look-around-neptun', ada.password)
    expect(await runExample('turn.mjs', forTest)).toBe('')
    const question = { role: 'user', content: 'How do I say hello in Python?' }
    const [asked] = provider.requests
    expect([asked!.method, asked!.url]).toEqual(['POST', '/api/v1/chat/completions'])
    expect(JSON.parse(asked!.body)).toEqual({ model: 'google/gemma-2-27b-it', messages: [question] })
    const neptun = createNeptun({ baseUrl, session: ada.session })
    const [chat] = await neptun.chats.list()
    expect((await neptun.messages.list(chat!.id)).map(({ role, content }) => ({ role, content })))
      .toEqual([question, { role: 'assistant', content: 'print("Hello")' }])
  })

  it('does the tasks of docs/typed-client.md as exact calls do them', async () => {
    expect(tasks).toHaveLength(20)
    const printed = await runExample('methods.ts', solution('methods'))
    expect(printed.match(/[^\n]\n--- \d+/g)).toHaveLength(10)
    expect(printed).toContain(`[ 'Like this:', 'How do I say hello?' ]\n--- 4\n`)
    expect(await runExample('exact-calls.ts', solution('exact calls'))).toBe(printed)
  })

  /** What a program may not have is passed as undefined. */
  const withUndefined = `
    import { createNeptun } from '@neptun/client'
    declare const signal: AbortSignal | undefined
    declare const text: string | undefined
    declare const number: number | undefined
    const neptun = createNeptun({ baseUrl: '', session: text, timeout: number, maxRetries: number, fetch: undefined })
    await neptun.chats.list({ project_id: number, limit: number, cursor: text, order_by: undefined }, { signal })
    await neptun.chats.get(1, { ifNoneMatch: text, timeout: number, maxRetries: number, headers: undefined })
    await neptun.chats.update(1, { name: text, project_id: number }, { ifMatch: text })
    await neptun.shares.create(1, { password: text }, { idempotencyKey: text })
    await neptun.openShare('', { password: text })
    await neptun.files.download({ url: '' }, { range: { start: number, end: number } })`

  const forNode = {
    'readme.ts': allExamples,
    'methods.ts': solution('methods'),
    'exact-calls.ts': solution('exact calls'),
    'undefined.ts': withUndefined,
  }
  it.each([
    ['Node.js', forNode, '--module nodenext --lib esnext --types node'],
    ['browsers', { 'readme.ts': allExamples }, '--module esnext --moduleResolution bundler --lib esnext,dom'],
  ])('has types for %s that compile all examples', async (_, files, options) => {
    for (const [file, code] of Object.entries(files)) await writeFile(join(folder, file), code)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
    const args = [...strict, '--noEmit', '--target', 'esnext', ...options.split(' '), ...Object.keys(files)]
    expect(await run(process.execPath, compiler, ...args)).toBe('')
  })
})
