import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { python, runFile } from '../support/code-examples.ts'
import { createChat, createShare, signedInUser, uniqueEmail } from '../support/factories.ts'

const NEPTUN = await startCheckingProxy()
const script = readFileSync('tests/original/command_line_tool.py', 'utf8')

it.skipIf(!python)('the original command-line tool understands the server', async () => {
  const ada = await signedInUser()
  const { uuid } = await createShare(ada, await createChat(ada), { password: 'open sesame' })
  const environment = { NEPTUN, EMAIL: uniqueEmail(), SHARE: uuid }
  const { code, stdout, stderr } = await runFile([python!], 'tool.py', script, environment)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual([
    'sign-up: 201 True',
    'login: 200 True',
    'check without a session: 401',
    'check: 204',
    'create: 201 chat-1732179000000 True',
    `list: 200 ['chat-1732179000000']`,
    `messages: 200 ['user: Hi']`,
    'delete: 200',
    'list: []',
    'a chat that is gone: 404 NotFound []',
    'an e-mail address in use: 409 Conflict []',
    'a wrong password: 401 InvalidCredentials []',
    `a malformed address: 400 ValidationError [['email']]`,
    `a chat without a model: 400 ValidationError [['model']]`,
    `a malformed id: 400 ValidationError [['chat_id']]`,
    `a wrong order: 400 ValidationError [['order_by']]`,
    `a list with an invalid item: 400 ValidationError [['messages', '0', 'content'], ['messages', '0', 'role']]`,
    'an unknown path: 404 NotFound []',
    'an unsupported method: 405 MethodNotAllowed []',
    'another content type: 415 UnsupportedMediaType []',
    'another site: 403 Forbidden []',
    'no session: 401 Unauthorized []',
    // The tool opens no shared chats. Their refusals have a shape of their own.
    `a shared chat: 401 ['data.issues', 'data.name']`,
  ])
})
