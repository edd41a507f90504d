import { describe, expect, it } from 'vitest'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { canRun, readmeCommands, runFile } from '../support/code-examples.ts'

const url = await startCheckingProxy()
const hasCurl = canRun('curl', '--version')
if (!hasCurl) console.log('Skipping the README commands: no curl')

describe('README commands', () => {
  it.skipIf(!hasCurl)('run as written and print the documented resources', async () => {
    const { stdout, ...rest } = await runFile(['sh', '-eu'], 'lines.sh', readmeCommands(url), {})

    expect(rest).toEqual({ code: 0, stderr: '' })
    const lines = stdout.trim().split('\n')
    const [chats, another, messages, files, shared] = lines.map(line => JSON.parse(line) as object)
    expect(chats).toMatchObject({ chats: [{ name: 'Project Discussion', model: 'google/gemma-2-27b-it' }] })
    expect(another).toMatchObject({ chat: { name: 'Another one' } })
    expect(messages).toMatchObject({
      chatMessages: [{ role: 'user', files: [] }, { role: 'assistant', files: [{ text: 'print("Hello")' }] }],
    })
    expect(files).toMatchObject({ chatFiles: [{ name: 'example.py', size: 14, language: 'python' }] })
    expect(shared).toMatchObject({ chat: { name: 'Project Discussion' }, shareInfo: { shareHasPassword: true } })
  })
})
