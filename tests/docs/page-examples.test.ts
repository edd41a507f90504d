import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { canRun, codeBlocksOf, python, readmeCommands, runFile, withTempFolder } from '../support/code-examples.ts'
import { appendMessages, createChat, createProject, createShare, signedInUser } from '../support/factories.ts'

const notExamples = [
  'README.md', 'browsers.md', 'clients.md', 'coming-from-the-original.md', 'configuration.md', 'operations.md',
  'performance.md', 'reliability.md', 'scaling.md', 'typed-client.md',
]
const pages = readdirSync('docs').filter(name => !notExamples.includes(name))
const read = (page: string) => readFileSync(join('docs', page), 'utf8')

const curl = canRun('curl', '--version')
if (!curl) console.log('Skipping the curl examples: no curl')

/** How to run the examples of each language, and whether to skip them. */
const languages = [
  { language: 'sh', file: 'example.sh', command: ['sh', '-e'], skip: !curl },
  { language: 'ts', file: 'example.ts', command: [process.execPath], skip: false },
  { language: 'python', file: 'example.py', command: [python!], skip: !python },
]

/** Returns the example of a language on a page, and its documented output. */
function exampleOf(page: string, language: string) {
  const blocks = codeBlocksOf(join('docs', page))
  const index = blocks.findIndex(block => block.language === language)
  return { code: blocks[index]!.code, output: blocks[index + 1]!.code }
}

/** The address of the test server, as the examples read it. */
const NEPTUN = await startCheckingProxy()

/** Creates what the commands of the README create, for a new user, and returns the variables of the examples. */
async function createVariables(): Promise<Record<string, string>> {
  const ada = await signedInUser()
  const project = await createProject(ada, { name: 'Gateway' })
  const chat = await createChat(ada, {}, project)
  const files = [{ title: 'example.py', text: 'print("Hello")' }]
  const reply = { actor: 'assistant', message: 'Like this:', files }
  await appendMessages(ada, chat, 'Hello, how can I say hello?', reply)
  const share = await createShare(ada, chat, { password: 'open sesame' })
  await createChat(ada, { name: 'Another one' }, project)
  return {
    NEPTUN,
    NEPTUN_SESSION: ada.session,
    NEPTUN_USER: `${ada.id}`,
    NEPTUN_PROJECT: `${project.id}`,
    NEPTUN_CHAT: `${chat.id}`,
    NEPTUN_SHARE: share.uuid,
    NEPTUN_SHARE_PASSWORD: 'open sesame',
  }
}

/** Removes whitespace and the values that differ between runs, and splits the output into lines for a readable diff. */
const normalized = (output: string) => output
  .replaceAll(/\s+/g, '')
  .replaceAll(/"(\w*id|\w+_at|timestamp|url|next_cursor)":("[^"]*"|\d+)/g, '"$1":…')
  .split(/(?<=[,{}[\]])/)

describe('docs pages', () => {
  it('cover the five endpoints and are listed in the README', () => {
    expect(pages.map(page => /^`(.+)`$/m.exec(read(page))?.[1]).sort()).toEqual([
      'GET /api/shared/chats/[uuid]',
      'GET /api/users/[user_id]/chats/[chat_id]/files',
      'GET /api/users/[user_id]/chats/[chat_id]/messages',
      'GET /api/users/[user_id]/projects/[project_id]/chats',
      'POST /api/users/[user_id]/projects/[project_id]/chats',
    ])
    for (const page of pages)
      expect(read('README.md')).toContain(`- [${/^# (.+)/.exec(read(page))![1]}](${page})\n`)
  })

  it.each(pages)('show an example and its output in every language: %s', (page) => {
    const blocks = codeBlocksOf(join('docs', page)).map(({ language }) => language).join(' ')
    expect(blocks).toMatch(/^sh (json|text) ts text python text$/)
  })
})

describe.each(pages)('examples in %s', (page) => {
  for (const { language, file, command, skip } of languages)
    it.skipIf(skip)(`print the documented output in ${language}`, async () => {
      const { code, output } = exampleOf(page, language)
      const { stdout, ...rest } = await runFile(command, file, code, await createVariables())
      expect(rest).toEqual({ code: 0, stderr: '' })
      expect(normalized(stdout)).toEqual(normalized(output))
    })
})

describe('examples in all pages', () => {
  for (const { language, file, command, skip } of languages)
    it.skipIf(skip)(`fail in ${language} on an error response`, async () => {
      const unauthorized = { ...await createVariables(), NEPTUN_SESSION: 'ended', NEPTUN_SHARE_PASSWORD: 'wrong' }
      for (const page of pages) {
        const { code, stderr } = await runFile(command, file, exampleOf(page, language).code, unauthorized)
        expect(code, page).toBeGreaterThan(0)
        expect(stderr, page).toContain('401')
      }
    })

  it.skipIf(!curl)('work in sh after the commands of both READMEs', async () => {
    const [exports] = codeBlocksOf('docs/README.md')
    const examples = pages.map(page => exampleOf(page, 'sh'))
    const script = [readmeCommands(NEPTUN), exports!.code, ...examples.map(({ code }) => code)].join('\n')
    const { stdout, ...rest } = await runFile(['sh', '-eu'], 'examples.sh', script, {})
    expect(rest).toEqual({ code: 0, stderr: '' })
    const documented = normalized(examples.map(({ output }) => output).join(''))
    expect(normalized(stdout).slice(-documented.length)).toEqual(documented)
  })

  it('type-check in ts', () => withTempFolder(async (folder) => {
    for (const page of pages) writeFileSync(join(folder, `${page}.ts`), exampleOf(page, 'ts').code)
    const root = process.cwd()
    const compilerOptions = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] }
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = ['node_modules/typescript/bin/tsc', '-p', folder]
    const { status, stdout } = spawnSync(process.execPath, tsc, { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  }))
})
