import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { canRun, codeBlocksOf, readmeCommands, runFile } from '../support/code-examples.ts'
import { appendMessages, createChat, signedInUser } from '../support/factories.ts'

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

/** Starts a provider of chat completions that answers every request alike, and calls back with its base URL. */
async function withProvider<Result>(reply: string, work: (url: string, received: unknown[]) => Promise<Result>) {
  const received: unknown[] = []
  const server = createServer((request, response) => void json(request).then((body) => {
    const { method, url, headers: { authorization } } = request
    received.push({ method, url, authorization, body })
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: reply, refusal: null }, finish_reason: 'stop' }],
    }))
  }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return work(`http://127.0.0.1:${port}/v1`, received).finally(() => server.close())
}

describe('the turn of a chat in the README', () => {
  it('appends the question, calls the provider with the whole chat, and appends the reply', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    await appendMessages(ada, chat, { actor: 'system', message: 'Keep it short.' })
    const { code } = codeBlocksOf('README.md').find(({ language }) => language === 'ts')!
    const question = 'How do I say hello in Python?'
    await withProvider('print("Hello")', async (provider, received) => {
      const outcome = await runFile([process.execPath], 'turn.mts', code, {
        NEPTUN: url,
        NEPTUN_SESSION: ada.session,
        NEPTUN_USER: `${ada.id}`,
        NEPTUN_CHAT: `${chat.id}`,
        PROVIDER: provider,
        PROVIDER_KEY: 'key of ada',
      })
      expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' })
      expect(received).toEqual([{
        method: 'POST',
        url: '/v1/chat/completions',
        authorization: 'Bearer key of ada',
        body: {
          model: 'google/gemma-2-27b-it',
          messages: [{ role: 'system', content: 'Keep it short.' }, { role: 'user', content: question }],
        },
      }])
    })
    const { body } = await ada.get<'listMessages'>(`/api/users/${ada.id}/chats/${chat.id}/messages`)
    expect(body.chatMessages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'Keep it short.'], ['user', question], ['assistant', 'print("Hello")'],
    ])
  })
})
