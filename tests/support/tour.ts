import type { Contract } from '#server/contracts/contract'
import { resources } from '#server/contracts/index'
import type { Example } from '#server/openapi/examples'
import { fill, type Ids } from './everything.ts'
import { request, type Answer, type Json } from './http.ts'
import { basic, sessionOf } from './world.ts'

const endpoints = Object.assign({}, ...resources.map(({ endpoints }) => endpoints)) as Record<string, Contract>
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' }
const gemma = 'google/gemma-2-27b-it'
const account = (name: string) => ({ email: `${name}@example.com`, password: 'correct horse battery' })

/** One real answer of each endpoint that answers in JSON, from a server on which nobody else is; by the names of the endpoints. */
export async function takeTour(baseUrl: string): Promise<Record<string, Example>> {
  const examples: Record<string, Example> = {}
  const ids: Partial<Ids> = {}
  let session: string | undefined

  const send = (name: string, body?: unknown, headers: Record<string, string> = {}) => {
    const [method, path] = endpoints[name]!.route.split(' ') as [string, string]
    return request(method, fill(path, ids), body, { baseUrl, headers: { ...browser, cookie: `neptun-session=${session}`, ...headers } })
  }
  const show = async (name: string, body?: unknown, headers?: Record<string, string>): Promise<Json> => {
    const answer = await send(name, body, headers)
    if (answer.status !== endpoints[name]!.status) throw new Error(`${name} answered ${answer.status}: ${answer.text}`)
    session = sessionOf(answer) ?? session
    examples[name] = { ...body !== undefined && { request: body }, response: steady(answer) }
    return answer.body
  }
  const showRefusal = (name: string, answer: Answer) =>
    examples[name] = { ...examples[name], refusals: { ...examples[name]?.refusals, [answer.status]: answer.body } }

  await show('listModels')
  await show('getHealth')
  await show('getReadiness')
  const grace = sessionOf(await send('signUp', account('grace')))!
  const eve = sessionOf(await send('signUp', account('eve')))!
  ids.user_id = (await show('signUp', account('ada'))).user.id
  await show('checkSession')
  await show('getUser')

  const project = { name: 'Gateway', description: 'In front of everything else', project_type: 'backend', programming_language: 'python' }
  ids.project_id = (await show('createProject', project)).project.id
  await show('changeProject', { description: null })
  await show('getProject')
  await show('listProjects')

  const [first, second, third, fourth] = [
    await show('createChat', { model: gemma, name: 'Loose talk' }),
    await show('createProjectChat', { model: gemma, name: 'A first try' }),
    await show('createProjectChat', { model: gemma, name: 'A second try' }),
    await show('createProjectChat', { model: gemma, name: 'Project Discussion' }),
  ].map(({ chat }) => chat.id as number)
  ids.chat_id = fourth
  await show('changeChat', { name: 'How to say hello' })
  await show('getChat')
  await show('listChats')
  await show('listProjectChats')

  const { chatMessages } = await show('appendMessages', {
    messages: [
      { actor: 'user', message: 'Hello, how can I say hello?' },
      { actor: 'assistant', message: 'Like this:', files: [{ title: 'example.py', text: 'print("Hello")\n' }] },
    ],
  })
  ids.message_id = chatMessages[0].id
  await show('changeMessage', { message: 'How can I say hello in Python?' })
  ids.message_id = chatMessages[1].id
  await show('getMessage')
  await show('listMessages')
  ids.file_id = (await show('addFiles', { title: 'hello', text: 'echo Hello\n', extension: 'sh' })).chatFile.id
  await show('getFile')
  await show('listChatFiles')
  await show('listUserFiles')

  const { share } = await show('createShare', { password: 'open sesame' })
  Object.assign(ids, { share_id: share.id, uuid: share.uuid })
  ids.entry_id = (await show('addWhitelistEntries', { emails: ['grace@example.com'] })).shareWhitelistEntries[0].id
  await show('listWhitelistEntries')
  await show('changeShare', { expires_at: '2030-01-01T00:00:00Z' })
  await show('getShareOfChat')
  await show('getShare')
  await show('openSharedChat', undefined, { cookie: `neptun-session=${grace}`, ...basic('open sesame') })
  await show('unlockSharedChat', { password: 'open sesame' }, { cookie: `neptun-session=${grace}` })
  for (const [name, body] of [['openSharedChat', undefined], ['unlockSharedChat', { password: 'open sesame' }]] as const) {
    showRefusal(name, await send(name, body, { cookie: '' }))
    showRefusal(name, await send(name, body, { cookie: `neptun-session=${eve}` }))
    const { uuid } = ids
    ids.uuid = '00000000-0000-4000-8000-000000000000'
    showRefusal(name, await send(name, body))
    ids.uuid = uuid
  }
  await show('deleteWhitelistEntry')
  await show('deleteShare')

  await show('deleteFile')
  await show('deleteLastMessages')
  ids.message_id = (await send('appendMessages', { actor: 'user', message: 'Thank you!' })).body.chatMessage.id
  await show('deleteMessage')
  await show('deleteProjectChats', { chat_ids: [second] })
  await show('deleteProjectChat')
  await show('deleteChats', { chat_ids: [first] })
  ids.chat_id = third
  await show('deleteChat')
  await show('deleteProject')

  await show('logIn', account('ada'))
  const { sessions } = await show('listSessions')
  ids.session_id = sessions.find((session: Json) => !session.current).id
  await show('endSession')
  await send('logIn', account('ada'))
  await show('endOtherSessions')
  await show('changeUser', { email: 'ada.lovelace@example.com', current_password: 'correct horse battery' })
  await show('deleteUser')
  await send('logIn', account('grace'))
  await show('logOut', undefined, { cookie: `neptun-session=${grace}` })
  return examples
}

/** An answer without what is different each time. */
const steady = ({ text }: Answer): unknown => JSON.parse(text
  .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-21T09:30:00.000Z')
  .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50')
  .replaceAll(/expires=\d+/g, 'expires=1795254300')
  .replaceAll(/signature=[\w-]+/g, 'signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw')
  .replaceAll(/"uptime":[\d.]+/g, '"uptime":12.345'))
