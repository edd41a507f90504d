import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'

const hasCurl = (() => {
  try {
    execFileSync('curl', ['--version'])
    return true
  }
  catch {
    console.log('There is no curl here: the lines of the README are not run.')
    return false
  }
})()

it.skipIf(!hasCurl)('the curl lines of the README work as they stand', async () => {
  const readme = await readFile('README.md', 'utf8')
  const [, lines] = /```sh\n(export NEPTUN=[\s\S]*?)```/.exec(readme)!
  const address = 'export NEPTUN=http://127.0.0.1:3000\n'
  expect(lines).toContain(address)
  const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  const script = lines!.replace(address, `export NEPTUN=${inject('baseUrl')}\n`)
  const { stdout, stderr } = await promisify(execFile)('sh', ['-euc', script], { cwd: folder })
  await rm(folder, { recursive: true })

  expect(stderr).toBe('')
  const [chats, another, messages, files, shared] = stdout.trim().split('\n').map(line => JSON.parse(line) as object)
  expect(chats).toMatchObject({ chats: [{ name: 'Project Discussion', model: 'google/gemma-2-27b-it' }] })
  expect(another).toMatchObject({ chat: { name: 'Another one' } })
  expect(messages).toMatchObject({ chatMessages: [{ role: 'user', files: [] }, { role: 'assistant', files: [{ text: 'print("Hello")' }] }] })
  expect(files).toMatchObject({ chatFiles: [{ name: 'example.py', size: 14, language: 'python' }] })
  expect(shared).toMatchObject({ chat: { name: 'Project Discussion' }, shareInfo: { shareHasPassword: true } })
})
