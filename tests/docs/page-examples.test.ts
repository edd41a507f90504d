import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, canRun, inNewFolder, linesOfReadme, runFile } from '../support/examples.ts'
import { witnessedServer } from '../support/proxy.ts'
import { chatOf, messagesIn, projectOf, shareOf, signedInUser } from '../support/world.ts'

const pages = readdirSync('docs').filter(name => name !== 'README.md')
const read = (page: string) => readFileSync(join('docs', page), 'utf8')

const curl = canRun('curl', '--version')
const python = ['python3', '/usr/bin/python3'].find(program => canRun(program, '-c', 'import httpx, pydantic'))
if (!curl) console.log('curl examples skipped: no curl')
if (!python) console.log('Python examples skipped: no python3 with httpx and pydantic (Debian: python3-httpx, python3-pydantic)')

/** How the examples of each language are run, and whether they can be here. */
const languages = [
  { language: 'sh', file: 'example.sh', command: ['sh', '-e'], skip: !curl },
  { language: 'ts', file: 'example.ts', command: [process.execPath], skip: false },
  { language: 'python', file: 'example.py', command: [python!], skip: !python },
]

/** An example as it stands on its page, and what the page says that it prints. */
function exampleOf(page: string, language: string) {
  const blocks = blocksOf(join('docs', page))
  const at = blocks.findIndex(block => block.language === language)
  return { code: blocks[at]!.code, prints: blocks[at + 1]!.code }
}

/** Where the examples find the server. */
const NEPTUN = await witnessedServer()

/** What the lines of the README make, made for somebody new, as the variables of the examples. */
async function variables(): Promise<Record<string, string>> {
  const ada = await signedInUser()
  const project = await projectOf(ada, { name: 'Gateway' })
  const chat = await chatOf(ada, {}, project)
  const answer = { actor: 'assistant', message: 'Like this:', files: [{ title: 'example.py', text: 'print("Hello")' }] }
  await messagesIn(ada, chat, 'Hello, how can I say hello?', answer)
  const share = await shareOf(ada, chat, { password: 'open sesame' })
  await chatOf(ada, { name: 'Another one' }, project)
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

/** What was printed, without what every run has its own of and without the spaces of JSON; in lines that a diff can show. */
const settled = (printed: string) => printed
  .replaceAll(/\s+/g, '')
  .replaceAll(/"(\w*id|\w+_at|timestamp|url|next_cursor)":("[^"]*"|\d+)/g, '"$1":…')
  .split(/(?<=[,{}[\]])/)

it('has a page for each of the five endpoints, and lists it', () => {
  expect(pages.map(page => /^`(.+)`$/m.exec(read(page))?.[1]).sort()).toEqual([
    'GET /api/shared/chats/[uuid]',
    'GET /api/users/[user_id]/chats/[chat_id]/files',
    'GET /api/users/[user_id]/chats/[chat_id]/messages',
    'GET /api/users/[user_id]/projects/[project_id]/chats',
    'POST /api/users/[user_id]/projects/[project_id]/chats',
  ])
  for (const page of pages) expect(read('README.md')).toContain(`- [${/^# (.+)/.exec(read(page))![1]}](${page})\n`)
})

it.each(pages)('has an example in each language on %s, and what it prints', (page) => {
  expect(blocksOf(join('docs', page)).map(({ language }) => language).join(' ')).toMatch(/^sh (json|text) ts text python text$/)
})

describe.each(pages)('the examples of %s', (page) => {
  for (const { language, file, command, skip } of languages)
    it.skipIf(skip)(`print in ${language} what the page says`, async () => {
      const { code, prints } = exampleOf(page, language)
      const { stdout, ...rest } = await runFile(command, file, code, await variables())
      expect(rest).toEqual({ code: 0, stderr: '' })
      expect(settled(stdout)).toEqual(settled(prints))
    })
})

for (const { language, file, command, skip } of languages)
  it.skipIf(skip)(`the examples in ${language} fail where the server refuses`, async () => {
    const strange = { ...await variables(), NEPTUN_SESSION: 'ended', NEPTUN_SHARE_PASSWORD: 'wrong' }
    for (const page of pages) {
      const { code, stderr } = await runFile(command, file, exampleOf(page, language).code, strange)
      expect(code, page).toBeGreaterThan(0)
      expect(stderr, page).toContain('401')
    }
  })

it.skipIf(!curl)('the examples work after the lines of the two READMEs', async () => {
  const [exports] = blocksOf('docs/README.md')
  const lines = [linesOfReadme(NEPTUN), exports!.code, ...pages.map(page => exampleOf(page, 'sh').code)].join('\n')
  const { stdout, ...rest } = await runFile(['sh', '-eu'], 'examples.sh', lines, {})
  expect(rest).toEqual({ code: 0, stderr: '' })
  const printed = settled(pages.map(page => exampleOf(page, 'sh').prints).join(''))
  expect(settled(stdout).slice(-printed.length)).toEqual(printed)
})

it('the examples in ts are correct TypeScript', () => inNewFolder(async (folder) => {
  for (const page of pages) writeFileSync(join(folder, `${page}.ts`), exampleOf(page, 'ts').code)
  const compilerOptions = { types: ['node'], typeRoots: [join(process.cwd(), 'node_modules/@types')] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(process.cwd(), 'tsconfig.json'), compilerOptions, include: ['*.ts'] }))
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], { encoding: 'utf8' })
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
}))
