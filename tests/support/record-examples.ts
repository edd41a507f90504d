import type { Contract } from '#server/contracts/kit/contract'
import { groups } from '#server/contracts/index'
import type { Example } from '#server/openapi/examples'
import { basicAuth, sessionOf } from './factories.ts'
import { request } from './http.ts'
import type { OperationBody, OperationId } from './response-types.ts'
import { fillPath, type ResourceIds } from './valid-requests.ts'

const endpoints = Object.assign({}, ...groups.map(({ endpoints }) => endpoints)) as Record<string, Contract>
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' }
const gemma = 'google/gemma-2-27b-it'
const account = (name: string) => ({ email: `${name}@example.com`, password: 'correct horse battery' })

/**
 * Calls every endpoint that returns JSON, on a server without other users.
 * @returns a request and its responses for each endpoint, by operation id
 */
export async function recordExamples(baseUrl: string): Promise<Record<string, Example>> {
  const examples: Record<string, Example> = {}
  const ids: Partial<ResourceIds> = {}
  let session: string | undefined

  const send = (name: OperationId, body?: unknown, headers: Record<string, string> = {}) => {
    const [method, path] = endpoints[name]!.route.split(' ') as [string, string]
    const cookie = `neptun-session=${session}`
    return request(method, fillPath(path, ids), body, { baseUrl, headers: { ...browser, cookie, ...headers } })
  }
  const record = async <Id extends OperationId>(
    name: Id,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<OperationBody<Id>> => {
    const response = await send(name, body, headers)
    const { status, text } = response
    if (status !== endpoints[name]!.status) throw new Error(`${name} returned ${status}: ${text}`)
    session = sessionOf(response) ?? session
    examples[name] = { ...body !== undefined && { request: body }, response: withFixedValues(text) }
    return response.body as OperationBody<Id>
  }
  const recordRefusal = async (name: OperationId, body?: unknown, headers?: Record<string, string>) => {
    const { status, error } = await send(name, body, headers)
    examples[name] = { ...examples[name], refusals: { ...examples[name]?.refusals, [status]: error } }
  }

  await record('listModels')
  await record('getHealth')
  await record('getReadiness')
  const grace = sessionOf(await send('signUp', account('grace')))!
  const eve = sessionOf(await send('signUp', account('eve')))!
  ids.user_id = (await record('signUp', account('ada'))).user.id
  await record('checkSession')
  await record('getUser')

  const { project } = await record('createProject', {
    name: 'Gateway',
    description: 'In front of everything else',
    project_type: 'backend',
    programming_language: 'python',
  })
  ids.project_id = project.id
  await record('updateProject', { description: null })
  await record('getProject')
  await record('listProjects')

  const { chat: first } = await record('createChat', { model: gemma, name: 'Loose talk' })
  const { chat: second } = await record('createProjectChat', { model: gemma, name: 'A first try' })
  const { chat: third } = await record('createProjectChat', { model: gemma, name: 'A second try' })
  const { chat: fourth } = await record('createProjectChat', { model: gemma, name: 'Project Discussion' })
  ids.chat_id = fourth.id
  await record('updateChat', { name: 'How to say hello' })
  await record('getChat')
  await record('listChats')
  await record('listProjectChats')

  const { chatMessages: [question, answer] } = await record('appendMessages', {
    messages: [
      { actor: 'user', message: 'Hello, how can I say hello?' },
      { actor: 'assistant', message: 'Like this:', files: [{ title: 'example.py', text: 'print("Hello")\n' }] },
    ],
  })
  ids.message_id = question!.id
  await record('updateMessage', { message: 'How can I say hello in Python?' })
  ids.message_id = answer!.id
  await record('getMessage')
  await record('listMessages')
  const { chatFile } = await record('addFiles', { title: 'hello', text: 'echo Hello\n', extension: 'sh' })
  ids.file_id = chatFile.id
  await record('getFile')
  await record('listChatFiles')
  await record('listUserFiles')

  const { share } = await record('createShare', { password: 'open sesame' })
  Object.assign(ids, { share_id: share.id, uuid: share.uuid })
  const { shareWhitelistEntries } = await record('addWhitelistEntries', { emails: ['grace@example.com'] })
  ids.entry_id = shareWhitelistEntries[0]!.id
  await record('listWhitelistEntries')
  await record('updateShare', { expires_at: '2030-01-01T00:00:00Z' })
  await record('getChatShare')
  await record('getShare')
  await record('openSharedChat', undefined, { cookie: `neptun-session=${grace}`, ...basicAuth('open sesame') })
  await record('unlockSharedChat', { password: 'open sesame' }, { cookie: `neptun-session=${grace}` })
  const opening = [['openSharedChat', undefined], ['unlockSharedChat', { password: 'open sesame' }]] as const
  for (const [name, body] of opening) {
    await recordRefusal(name, body, { cookie: '' })
    await recordRefusal(name, body, { cookie: `neptun-session=${eve}` })
    const { uuid } = ids
    ids.uuid = '00000000-0000-4000-8000-000000000000'
    await recordRefusal(name, body)
    ids.uuid = uuid
  }
  await record('deleteWhitelistEntry')
  await record('deleteShare')

  await record('deleteFile')
  await record('deleteLastMessages')
  const thanks = await send('appendMessages', { actor: 'user', message: 'Thank you!' })
  ids.message_id = (thanks.body as { chatMessage: { id: number } }).chatMessage.id
  await record('deleteMessage')
  await record('deleteProjectChats', { chat_ids: [second.id] })
  await record('deleteProjectChat')
  await record('deleteChats', { chat_ids: [first.id] })
  ids.chat_id = third.id
  await record('deleteChat')
  await record('deleteProject')

  // From another client.
  await record('logIn', account('ada'), { cookie: '' })
  const { sessions } = await record('listSessions')
  ids.session_id = sessions.find(({ current }) => !current)!.id
  await record('endSession')
  await send('logIn', account('ada'), { cookie: '' })
  await record('endOtherSessions')
  await record('updateUser', { email: 'ada.lovelace@example.com', current_password: 'correct horse battery' })
  await record('deleteUser')
  await send('logIn', account('grace'), { cookie: '' })
  await record('logOut', undefined, { cookie: `neptun-session=${grace}` })
  return examples
}

/** Parses a response, and replaces the values that differ between runs. */
const withFixedValues = (text: string): unknown => JSON.parse(text
  .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-21T09:30:00.000Z')
  .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50')
  .replaceAll(/expires=\d+/g, 'expires=1795254300')
  .replaceAll(/signature=[\w.-]+/g, 'signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw')
  .replaceAll(/"uptime":[\d.]+/g, '"uptime":12.345'))
