import { describe, expect, it } from 'vitest'
import { createNeptunClient, unwrap, type NeptunClient, type operations, type Schemas } from '#client/index'
import document from '../../openapi.json' with { type: 'json' }
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { uniqueEmail, validPassword } from '../support/factories.ts'

const baseUrl = await startCheckingProxy()
const endpoints = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`))
const model = 'google/gemma-2-27b-it'
const user = '/api/users/{user_id}'
const project = `${user}/projects/{project_id}` as const
const chat = `${user}/chats/{chat_id}` as const
const message = `${chat}/messages/{message_id}` as const
const share = `${chat}/shares/{share_id}` as const
const shared = '/api/shared/chats/{uuid}'

describe('typed client', () => {
  it('has a typed call for every endpoint', async () => {
    const called = new Set<string>()
    const neptun = createNeptunClient({ baseUrl })
    neptun.use({
      onResponse: ({ request, schemaPath, response }) => {
        if (response.ok) called.add(`${request.method} ${schemaPath}`)
      },
    })

    await callServerEndpoints(neptun)
    const userPath = await callAccountEndpoints(neptun)
    const chatPath = await callProjectAndChatEndpoints(neptun, userPath)
    const messagePath = await callMessageEndpoints(neptun, chatPath)
    await callFileEndpoints(neptun, messagePath)
    await callShareEndpoints(neptun, chatPath)
    await callDeletionEndpoints(neptun, chatPath)
    await callSessionEndpoints(neptun, baseUrl, userPath)
    expect([...called].sort()).toEqual(endpoints.sort())
  })

  it('rejects unknown paths, missing parameters and incomplete bodies at compile time', () => {
    const { GET, POST, signUp } = createNeptunClient({ baseUrl })
    const params = { path: { user_id: 1 } }
    expect(() => [
      // @ts-expect-error Unknown path.
      GET('/api/nothing'),
      // @ts-expect-error Missing path parameter.
      GET('/api/users/{user_id}', {}),
      // @ts-expect-error Missing model.
      POST('/api/users/{user_id}/chats', { params, body: { name: 'Loose talk' } }),
      // @ts-expect-error Missing password.
      signUp({ email: 'ada@example.com' }),
    ]).toBeTypeOf('function')
  })
})

async function callServerEndpoints(neptun: NeptunClient) {
  expect((await unwrap(neptun.GET('/health'))).status).toBe('healthy')
  expect((await unwrap(neptun.GET('/health/ready'))).status).toBe('healthy')
  expect((await unwrap(neptun.GET('/models'))).any).toBe(true)
}

async function callAccountEndpoints(neptun: NeptunClient) {
  const signedUp = await unwrap(neptun.signUp({ email: uniqueEmail(), password: validPassword }))
  const path = { user_id: signedUp.user.id }
  expect((await unwrap(neptun.GET('/api/auth/check'))).loggedInAt).toBe(signedUp.loggedInAt)
  expect((await neptun.HEAD('/api/auth/check')).response.status).toBe(204)
  expect((await unwrap(neptun.GET(user, { params: { path } }))).user).toEqual(signedUp.user)
  const changes = { email: uniqueEmail(), current_password: validPassword }
  const { user: changed } = await unwrap(neptun.PATCH(user, { params: { path }, body: changes }))
  expect(changed.primary_email).toBe(changes.email)
  return path
}

async function callProjectAndChatEndpoints(neptun: NeptunClient, userPath: { user_id: number }) {
  const ofUser = { params: { path: userPath } }
  const newProject = { name: 'Gateway', project_type: 'backend', programming_language: 'python' }
  const created = await unwrap(neptun.POST(`${user}/projects`, { ...ofUser, body: newProject }))
  const projectPath = { ...userPath, project_id: created.project.id }
  const ofProject = { params: { path: projectPath } }
  const changes = { description: 'In front of everything else' }
  const described = await unwrap(neptun.PATCH(project, { ...ofProject, body: changes }))
  expect(await unwrap(neptun.GET(project, ofProject))).toEqual(described)
  expect((await unwrap(neptun.GET(`${user}/projects`, ofUser))).projects).toEqual([described.project])

  const first = await unwrap(neptun.POST(`${user}/chats`, { ...ofUser, body: { name: 'Loose talk', model } }))
  const newChat = { name: 'Project Discussion', model }
  const second = await unwrap(neptun.POST(`${project}/chats`, { ...ofProject, body: newChat }))
  const chatPath = { ...projectPath, chat_id: second.chat.id }
  const ofChat = { params: { path: chatPath } }
  const renamed = await unwrap(neptun.PATCH(chat, { ...ofChat, body: { name: 'How to say hello' } }))
  expect(await unwrap(neptun.GET(chat, ofChat))).toEqual(renamed)
  expect((await unwrap(neptun.GET(`${project}/chats`, ofProject))).chats).toEqual([renamed.chat])
  const query: operations['listChats']['parameters']['query'] = { order_by: ['created_at:asc', 'id:asc'], limit: 1 }
  const page = await unwrap(neptun.GET(`${user}/chats`, { params: { path: userPath, query } }))
  expect(page).toEqual({ chats: [first.chat], next_cursor: expect.any(String) })
  return chatPath
}

type ChatPath = Awaited<ReturnType<typeof callProjectAndChatEndpoints>>

async function callMessageEndpoints(neptun: NeptunClient, path: ChatPath) {
  const params = { path }
  const files = [{ title: 'example.py', text: 'print("Hello")' }]
  const reply: Schemas['NewMessage'] = { role: 'assistant', content: 'Like this:', files }
  const body = { messages: [{ actor: 'user', message: 'Hello?' } as const, reply] }
  const added = await unwrap(neptun.POST(`${chat}/messages`, { params, body }))
  if (!('chatMessages' in added)) throw new Error('Expected a list of messages')
  const { chatMessages } = await unwrap(neptun.GET(`${chat}/messages`, { params }))
  expect(chatMessages.map(({ role }) => role)).toEqual(['user', 'assistant'])
  const messagePath = { ...path, message_id: added.chatMessages[1]!.id }
  const ofMessage = { params: { path: messagePath } }
  await unwrap(neptun.PATCH(message, { ...ofMessage, body: { content: 'So:' } }))
  expect((await unwrap(neptun.GET(message, ofMessage))).chatMessage.message).toBe('So:')
  return messagePath
}

async function callFileEndpoints(neptun: NeptunClient, path: ChatPath & { message_id: number }) {
  const form = new FormData()
  form.append('files', new Blob(['\0\x01\x02']), 'three.bytes')
  const added = await unwrap(neptun.POST(`${chat}/files/{message_id}`, { params: { path }, body: form }))
  if (!('chatFiles' in added)) throw new Error('Expected a list of files')
  const { id: file_id, url } = added.chatFiles[0]!
  const download = { path: { file_id }, query: Object.fromEntries(new URL(url).searchParams) }
  const content = await unwrap(neptun.GET('/api/files/{file_id}', { params: download, parseAs: 'blob' }))
  expect(await content.text()).toBe('\0\x01\x02')
  const header = { Range: 'bytes=1-' }
  const part = await unwrap(neptun.GET('/api/files/{file_id}', { params: { ...download, header }, parseAs: 'text' }))
  expect(part).toBe('\x01\x02')

  expect((await unwrap(neptun.GET(`${chat}/files`, { params: { path } }))).chatFiles).toHaveLength(2)
  expect((await unwrap(neptun.GET(`${user}/files`, { params: { path } }))).files).toHaveLength(2)
  const ofFile = { params: { path: { ...path, file_id } } }
  expect((await unwrap(neptun.GET(`${message}/files/{file_id}`, ofFile))).chatFile.name).toBe('three.bytes')
  expect(await unwrap(neptun.DELETE(`${message}/files/{file_id}`, ofFile))).toBe(true)
}

async function callShareEndpoints(neptun: NeptunClient, path: ChatPath) {
  const password = 'open sesame'
  const created = await unwrap(neptun.POST(`${chat}/shares`, { params: { path }, body: { password } }))
  const sharePath = { ...path, share_id: created.share.id }
  const ofShare = { params: { path: sharePath } }
  const changed = await unwrap(neptun.PATCH(share, { ...ofShare, body: { expires_at: '2099-01-01T00:00:00Z' } }))
  expect(await unwrap(neptun.GET(share, ofShare))).toEqual(changed)
  const { uuid } = created.share
  expect(await unwrap(neptun.GET(`${chat}/shares`, { params: { path } }))).toEqual({ ...changed, uuid })

  const ofShared = { params: { path: { uuid } } }
  const { shareInfo } = await unwrap(neptun.POST(`${shared}/unlock`, { ...ofShared, body: { password } }))
  const headers = { Authorization: `Basic ${btoa(`:${password}`)}` }
  expect((await unwrap(neptun.GET(shared, { ...ofShared, headers }))).shareInfo).toEqual(shareInfo)

  const { user: ada } = await unwrap(neptun.GET('/api/auth/check'))
  const entries = `${share}/whitelist-entries` as const
  const body = { emails: [ada.primary_email] }
  const { shareWhitelistEntries: added } = await unwrap(neptun.POST(entries, { ...ofShare, body }))
  expect((await unwrap(neptun.GET(entries, ofShare))).shareWhitelistEntries).toEqual(added)
  const ofEntry = { params: { path: { ...sharePath, entry_id: added[0]!.id } } }
  expect(await unwrap(neptun.DELETE(`${entries}/{entry_id}`, ofEntry))).toBe(true)
  expect(await unwrap(neptun.DELETE(share, ofShare))).toBe(true)
}

async function callDeletionEndpoints(neptun: NeptunClient, path: ChatPath) {
  const params = { path }
  const deleted = await unwrap(neptun.DELETE(`${chat}/messages/last`, { params }))
  if (!('maybeUserMessageToDelete' in deleted)) throw new Error('Expected the deleted messages')
  expect(deleted.maybeUserMessageToDelete?.content).toBe('Hello?')
  const thanks = { actor: 'user', message: 'Thank you!' } as const
  const added = await unwrap(neptun.POST(`${chat}/messages`, { params, body: thanks }))
  if (!('chatMessage' in added)) throw new Error('Expected a single message')
  const ofMessage = { params: { path: { ...path, message_id: added.chatMessage.id } } }
  expect(await unwrap(neptun.DELETE(message, ofMessage))).toBe(true)

  const addChat = (name: string) => unwrap(neptun.POST(`${project}/chats`, { params, body: { name, model } }))
  const chats = await Promise.all(['One', 'Two', 'Three'].map(addChat))
  const [one, two, three] = chats.map(({ chat }) => chat.id) as [number, number, number]
  const ofSecond = { params: { path: { ...path, chat_id: two } } }
  expect(await unwrap(neptun.DELETE(`${project}/chats`, { params, body: { chat_ids: [one] } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(`${project}/chats/{chat_id}`, ofSecond))).toBe(true)
  expect(await unwrap(neptun.DELETE(`${user}/chats`, { params, body: { chat_ids: [three] } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(chat, { params }))).toBe(true)
  expect(await unwrap(neptun.DELETE(project, { params }))).toBe(true)
}

async function callSessionEndpoints(neptun: NeptunClient, baseUrl: string, path: { user_id: number }) {
  const params = { path }
  const { user: { primary_email: email } } = await unwrap(neptun.GET('/api/auth/check'))
  await unwrap(createNeptunClient({ baseUrl }).logIn({ email, password: validPassword }))
  const { sessions } = await unwrap(neptun.GET(`${user}/sessions`, { params }))
  const ofOther = { params: { path: { ...path, session_id: sessions.find(({ current }) => !current)!.id } } }
  expect(await unwrap(neptun.DELETE(`${user}/sessions/{session_id}`, ofOther))).toBe(true)
  expect(await unwrap(neptun.DELETE(`${user}/sessions`, { params }))).toEqual({ ended: 0 })
  expect(await unwrap(neptun.POST('/api/auth/logout'))).toBe(true)
  await unwrap(neptun.logIn({ email, password: validPassword }))
  expect(await unwrap(neptun.DELETE(user, { params }))).toBe(true)
}
