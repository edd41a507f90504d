import { anEmail, chatOf, messagesIn, projectOf, shareOf, type Person } from './world.ts'

/** An id for each path parameter of the API. */
export interface Ids {
  user_id: number
  session_id: number
  project_id: number
  chat_id: number
  message_id: number
  file_id: number
  share_id: number
  entry_id: number
  uuid: string
}

/** Creates one resource of each kind. */
export async function worldOf(person: Person, shareFields: object = { emails: [person.email] }): Promise<Ids> {
  const project = await projectOf(person)
  const chat = await chatOf(person, {}, project)
  const [message] = await messagesIn(person, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'Hello' }] })
  const share = await shareOf(person, chat, shareFields)
  const { sessions } = (await person.get(`/api/users/${person.id}/sessions`)).body
  const sharePath = `/api/users/${person.id}/chats/${chat.id}/shares/${share.id}` as const
  const { shareWhitelistEntries } = (await person.get(`${sharePath}/whitelist-entries`)).body
  return {
    user_id: person.id,
    session_id: sessions[0]!.id,
    project_id: project.id,
    chat_id: chat.id,
    message_id: message.id,
    file_id: message.files[0].id,
    share_id: share.id,
    entry_id: shareWhitelistEntries[0]!.id,
    uuid: share.uuid,
  }
}

/** The id of no row. */
export const missing = 999_999_999_999

/** Fills in the parameters of a path, with `missing` for those that are not given. */
export const fill = (path: string, ids: Partial<Ids>) =>
  path.replaceAll(/{(\w+)}/g, (_, name: keyof Ids) => String(ids[name] ?? missing))

/** A valid body for each endpoint that takes one, so that requests can only fail because of their caller or path. */
const bodies = (person: Person, ids: Ids): Record<string, object> => ({
  'POST /api/auth/sign-up': { email: anEmail(), password: person.password },
  'POST /api/auth/login': { email: person.email, password: person.password },
  'PATCH /api/users/{user_id}': { email: anEmail(), current_password: person.password },
  'POST /api/users/{user_id}/projects': { name: 'Mine', project_type: 'backend', programming_language: 'rust' },
  'PATCH /api/users/{user_id}/projects/{project_id}': { name: 'Mine now' },
  'POST /api/users/{user_id}/projects/{project_id}/chats': { name: 'Mine now', model: 'google/gemma-2-27b-it' },
  'DELETE /api/users/{user_id}/projects/{project_id}/chats': { chat_ids: [ids.chat_id] },
  'POST /api/users/{user_id}/chats': { name: 'Mine', model: 'google/gemma-2-27b-it' },
  'DELETE /api/users/{user_id}/chats': { chat_ids: [ids.chat_id] },
  'PATCH /api/users/{user_id}/chats/{chat_id}': { name: 'Mine now' },
  'POST /api/users/{user_id}/chats/{chat_id}/messages': { message: 'Was here', actor: 'user' },
  'PATCH /api/users/{user_id}/chats/{chat_id}/messages/{message_id}': { message: 'Was here' },
  'POST /api/users/{user_id}/chats/{chat_id}/files/{message_id}': { title: 'a.txt', text: 'Was here' },
  'POST /api/users/{user_id}/chats/{chat_id}/shares': {},
  'PATCH /api/users/{user_id}/chats/{chat_id}/shares/{share_id}': { is_shared: true },
  'POST /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries': { emails: ['eve@example.com'] },
  'POST /api/shared/chats/{uuid}/unlock': { password: 'open sesame' },
})

/** A valid body for this endpoint; undefined if it takes none. */
export const bodyOf = (route: string, person: Person, ids: Ids): object | undefined => bodies(person, ids)[route]
