import { anEmail, chatOf, messagesIn, projectOf, shareOf, type Person } from './world.ts'

/** What every resource of the API is called in a path, and where it is at. */
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

/** One thing of each kind; the share is as these fields say. */
export async function worldOf(person: Person, shared: object = { emails: [person.email] }): Promise<Ids> {
  const project = await projectOf(person)
  const chat = await chatOf(person, {}, project)
  const [message] = await messagesIn(person, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'Hello' }] })
  const share = await shareOf(person, chat, shared)
  const me = `/api/users/${person.id}`
  const { sessions } = (await person.get(`${me}/sessions`)).body
  const { shareWhitelistEntries: entries } = (await person.get(`${me}/chats/${chat.id}/shares/${share.id}/whitelist-entries`)).body
  return {
    user_id: person.id,
    session_id: sessions[0].id,
    project_id: project.id,
    chat_id: chat.id,
    message_id: message.id,
    file_id: message.files[0].id,
    share_id: share.id,
    entry_id: entries[0].id,
    uuid: share.uuid,
  }
}

/** No row has this id. */
export const missing = 999_999_999_999

/** A path with its ids; those that are not given are missing. */
export const fill = (path: string, ids: Partial<Ids>) =>
  path.replaceAll(/{(\w+)}/g, (_, name: keyof Ids) => String(ids[name] ?? missing))

/** A valid body for each endpoint that takes one, so that only the caller can be what is wrong. */
const bodies = (person: Person, ids: Ids): Record<string, object> => ({
  'POST /api/auth/sign-up': { email: 'new', password: person.password },
  'POST /api/auth/login': { email: person.email, password: person.password },
  'PATCH /api/users/{user_id}': { email: 'new', current_password: person.password },
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

/** The body of a request; an address that is to be new is one that nobody has. */
export const bodyOf = (route: string, person: Person, ids: Ids): object | undefined => {
  const body = bodies(person, ids)[route]
  return body && 'email' in body && body.email === 'new' ? { ...body, email: anEmail() } : body
}
