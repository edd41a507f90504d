import { expect, it } from 'vitest'
import { createNeptunClient, unwrap, type NeptunClient, type Schemas } from '#client/index'
import document from '../../openapi.json' with { type: 'json' }
import { witnessedServer } from '../support/proxy.ts'
import { anEmail, aPassword } from '../support/world.ts'

const baseUrl = await witnessedServer()
const endpoints = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`))
const model = 'google/gemma-2-27b-it'
const user = '/api/users/{user_id}'
const project = `${user}/projects/{project_id}` as const
const chat = `${user}/chats/{chat_id}` as const
const message = `${chat}/messages/{message_id}` as const
const share = `${chat}/shares/{share_id}` as const
const shared = '/api/shared/chats/{uuid}'

it('has a typed call for every endpoint', async () => {
  const called = new Set<string>()
  const neptun = createNeptunClient({ baseUrl })
  neptun.use({ onResponse: ({ request, schemaPath, response }) => void (response.ok && called.add(`${request.method} ${schemaPath}`)) })

  await callServer(neptun)
  const ofUser = await callAccount(neptun)
  const ofChat = await callChats(neptun, ofUser)
  const ofMessage = await callMessages(neptun, ofChat)
  await callFiles(neptun, ofMessage)
  await callShares(neptun, ofChat)
  await callDeletions(neptun, ofChat)
  await callSessions(neptun, ofUser)
  expect([...called].sort()).toEqual(endpoints.sort())
})

it('does not compile with what the API does not have', () => {
  const { GET, POST, signUp } = createNeptunClient({ baseUrl })
  const params = { path: { user_id: 1 } }
  expect(() => [
    // @ts-expect-error There is no such path.
    GET('/api/nothing'),
    // @ts-expect-error The path has a parameter.
    GET('/api/users/{user_id}', {}),
    // @ts-expect-error A chat has a model.
    POST('/api/users/{user_id}/chats', { params, body: { name: 'Loose talk' } }),
    // @ts-expect-error An account has a password.
    signUp({ email: 'ada@example.com' }),
  ]).toBeTypeOf('function')
})

async function callServer(neptun: NeptunClient) {
  expect((await unwrap(neptun.GET('/health'))).status).toBe('healthy')
  expect((await unwrap(neptun.GET('/health/ready'))).status).toBe('healthy')
  expect((await unwrap(neptun.GET('/models'))).any).toBe(true)
}

async function callAccount(neptun: NeptunClient) {
  const signedIn = await unwrap(neptun.signUp({ email: anEmail(), password: aPassword }))
  const path = { user_id: signedIn.user.id }
  expect((await unwrap(neptun.GET('/api/auth/check'))).loggedInAt).toBe(signedIn.loggedInAt)
  expect((await unwrap(neptun.GET(user, { params: { path } }))).user).toEqual(signedIn.user)
  const changes = { email: anEmail(), current_password: aPassword }
  expect((await unwrap(neptun.PATCH(user, { params: { path }, body: changes }))).user.primary_email).toBe(changes.email)
  return path
}

async function callChats(neptun: NeptunClient, ofUser: { user_id: number }) {
  const given = { name: 'Gateway', project_type: 'backend', programming_language: 'python' }
  const created = await unwrap(neptun.POST(`${user}/projects`, { params: { path: ofUser }, body: given }))
  const path = { ...ofUser, project_id: created.project.id }
  const described = await unwrap(neptun.PATCH(project, { params: { path }, body: { description: 'In front of everything else' } }))
  expect(await unwrap(neptun.GET(project, { params: { path } }))).toEqual(described)
  expect((await unwrap(neptun.GET(`${user}/projects`, { params: { path: ofUser } }))).projects).toEqual([described.project])

  const first = await unwrap(neptun.POST(`${user}/chats`, { params: { path: ofUser }, body: { name: 'Loose talk', model } }))
  const second = await unwrap(neptun.POST(`${project}/chats`, { params: { path }, body: { name: 'Project Discussion', model } }))
  const ofChat = { ...path, chat_id: second.chat.id }
  const renamed = await unwrap(neptun.PATCH(chat, { params: { path: ofChat }, body: { name: 'How to say hello' } }))
  expect(await unwrap(neptun.GET(chat, { params: { path: ofChat } }))).toEqual(renamed)
  expect((await unwrap(neptun.GET(`${project}/chats`, { params: { path } }))).chats).toEqual([renamed.chat])
  const query = { order_by: 'id:asc', limit: 1 }
  const page = await unwrap(neptun.GET(`${user}/chats`, { params: { path: ofUser, query } }))
  expect(page).toEqual({ chats: [first.chat], next_cursor: expect.any(String) })
  return ofChat
}

type OfChat = Awaited<ReturnType<typeof callChats>>

async function callMessages(neptun: NeptunClient, path: OfChat) {
  const answer: Schemas['NewMessage'] = { role: 'assistant', content: 'Like this:', files: [{ title: 'example.py', text: 'print("Hello")' }] }
  const added = await unwrap(neptun.POST(`${chat}/messages`, { params: { path }, body: { messages: [{ actor: 'user', message: 'Hello?' }, answer] } }))
  if (!('chatMessages' in added)) throw new Error('Of several messages, one came back')
  const { chatMessages } = await unwrap(neptun.GET(`${chat}/messages`, { params: { path } }))
  expect(chatMessages.map(({ role }) => role)).toEqual(['user', 'assistant'])
  const ofMessage = { ...path, message_id: added.chatMessages[1]!.id }
  await unwrap(neptun.PATCH(message, { params: { path: ofMessage }, body: { content: 'So:' } }))
  expect((await unwrap(neptun.GET(message, { params: { path: ofMessage } }))).chatMessage.message).toBe('So:')
  return ofMessage
}

async function callFiles(neptun: NeptunClient, path: OfChat & { message_id: number }) {
  const form = new FormData()
  form.append('files', new Blob(['\0\x01\x02']), 'three.bytes')
  const added = await unwrap(neptun.POST(`${chat}/files/{message_id}`, { params: { path }, body: form }))
  if (!('chatFiles' in added)) throw new Error('Of a form, one file came back')
  const { id: file_id, url } = added.chatFiles[0]!
  const query = Object.fromEntries(new URL(url).searchParams)
  const content = await unwrap(neptun.GET('/api/files/{file_id}', { params: { path: { file_id }, query }, parseAs: 'blob' }))
  expect(await content.text()).toBe('\0\x01\x02')
  const header = { Range: 'bytes=1-' }
  const part = await unwrap(neptun.GET('/api/files/{file_id}', { params: { path: { file_id }, query, header }, parseAs: 'text' }))
  expect(part).toBe('\x01\x02')

  expect((await unwrap(neptun.GET(`${chat}/files`, { params: { path } }))).chatFiles).toHaveLength(2)
  expect((await unwrap(neptun.GET(`${user}/files`, { params: { path } }))).files).toHaveLength(2)
  const ofFile = { params: { path: { ...path, file_id } } }
  expect((await unwrap(neptun.GET(`${message}/files/{file_id}`, ofFile))).chatFile.name).toBe('three.bytes')
  expect(await unwrap(neptun.DELETE(`${message}/files/{file_id}`, ofFile))).toBe(true)
}

async function callShares(neptun: NeptunClient, path: OfChat) {
  const created = await unwrap(neptun.POST(`${chat}/shares`, { params: { path }, body: { password: 'open sesame' } }))
  const ofShare = { ...path, share_id: created.share.id }
  const changed = await unwrap(neptun.PATCH(share, { params: { path: ofShare }, body: { expires_at: '2099-01-01T00:00:00Z' } }))
  expect(await unwrap(neptun.GET(share, { params: { path: ofShare } }))).toEqual(changed)
  const { uuid } = created.share
  expect(await unwrap(neptun.GET(`${chat}/shares`, { params: { path } }))).toEqual({ ...changed, uuid })

  const { shareInfo } = await unwrap(neptun.POST(`${shared}/unlock`, { params: { path: { uuid } }, body: { password: 'open sesame' } }))
  const headers = { Authorization: `Basic ${btoa(':open sesame')}` }
  expect((await unwrap(neptun.GET(shared, { params: { path: { uuid } }, headers }))).shareInfo).toEqual(shareInfo)

  const { user: ada } = await unwrap(neptun.GET('/api/auth/check'))
  const entries = `${share}/whitelist-entries` as const
  const body = { emails: [ada.primary_email] }
  const { shareWhitelistEntries: added } = await unwrap(neptun.POST(entries, { params: { path: ofShare }, body }))
  expect((await unwrap(neptun.GET(entries, { params: { path: ofShare } }))).shareWhitelistEntries).toEqual(added)
  const ofEntry = { ...ofShare, entry_id: added[0]!.id }
  expect(await unwrap(neptun.DELETE(`${entries}/{entry_id}`, { params: { path: ofEntry } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(share, { params: { path: ofShare } }))).toBe(true)
}

async function callDeletions(neptun: NeptunClient, path: OfChat) {
  const params = { path }
  const takenBack = await unwrap(neptun.DELETE(`${chat}/messages/last`, { params }))
  if (!('maybeUserMessageToDelete' in takenBack)) throw new Error('An exchange was taken back, and no message came of it')
  expect(takenBack.maybeUserMessageToDelete?.content).toBe('Hello?')
  const thanks = await unwrap(neptun.POST(`${chat}/messages`, { params, body: { actor: 'user', message: 'Thank you!' } }))
  if (!('chatMessage' in thanks)) throw new Error('Of one message, several came back')
  expect(await unwrap(neptun.DELETE(message, { params: { path: { ...path, message_id: thanks.chatMessage.id } } }))).toBe(true)

  const chats = await Promise.all(['One', 'Two', 'Three'].map(name => unwrap(neptun.POST(`${project}/chats`, { params, body: { name, model } }))))
  const [one, two, three] = chats.map(({ chat }) => chat.id) as [number, number, number]
  expect(await unwrap(neptun.DELETE(`${project}/chats`, { params, body: { chat_ids: [one] } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(`${project}/chats/{chat_id}`, { params: { path: { ...path, chat_id: two } } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(`${user}/chats`, { params, body: { chat_ids: [three] } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(chat, { params }))).toBe(true)
  expect(await unwrap(neptun.DELETE(project, { params }))).toBe(true)
}

async function callSessions(neptun: NeptunClient, path: { user_id: number }) {
  const params = { path }
  const { user: { primary_email: email } } = await unwrap(neptun.GET('/api/auth/check'))
  await unwrap(neptun.logIn({ email, password: aPassword }))
  const { sessions } = await unwrap(neptun.GET(`${user}/sessions`, { params }))
  const other = sessions.find(({ current }) => !current)!
  expect(await unwrap(neptun.DELETE(`${user}/sessions/{session_id}`, { params: { path: { ...path, session_id: other.id } } }))).toBe(true)
  expect(await unwrap(neptun.DELETE(`${user}/sessions`, { params }))).toEqual({ ended: 0 })
  expect(await unwrap(neptun.POST('/api/auth/logout'))).toBe(true)
  await unwrap(neptun.logIn({ email, password: aPassword }))
  expect(await unwrap(neptun.DELETE(user, { params }))).toBe(true)
}
