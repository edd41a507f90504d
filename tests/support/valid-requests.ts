import {
  appendMessages, createChat, createProject, createShare, missingId, uniqueEmail, type TestUser,
} from './factories.ts'

/** An id for each path parameter of the API. */
export interface ResourceIds {
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
export async function createOneOfEach(
  person: TestUser,
  shareFields: object = { emails: [person.email] },
): Promise<ResourceIds> {
  const project = await createProject(person)
  const chat = await createChat(person, {}, project)
  const [message] = await appendMessages(person, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'Hello' }] })
  const share = await createShare(person, chat, shareFields)
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

/** Fills in the parameters of a path, with `missingId` for those that are not given. */
export const fillPath = (path: string, ids: Partial<ResourceIds>) =>
  path.replaceAll(/{(\w+)}/g, (_, name: keyof ResourceIds) => String(ids[name] ?? missingId))

/** A valid body for each endpoint that takes one, so that requests can only fail because of their caller or path. */
const bodies = (person: TestUser, ids: ResourceIds): Record<string, object> => ({
  'POST /api/auth/sign-up': { email: uniqueEmail(), password: person.password },
  'POST /api/auth/login': { email: person.email, password: person.password },
  'PATCH /api/users/{user_id}': { email: uniqueEmail(), current_password: person.password },
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
export const validBodyOf = (route: string, person: TestUser, ids: ResourceIds): object | undefined =>
  bodies(person, ids)[route]
