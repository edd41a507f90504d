import {
  appendMessages, createChat, createProject, createShare, signedInUser, type TestUser,
} from '../../support/factories.ts'
import type { ApiResponse, RequestOptions } from '../../support/http.ts'

/** A request to create rows. */
export interface Creation {
  /** In the notation of the contracts. */
  route: string
  /** Creates what the request needs. */
  prepare: (ada: TestUser) => Promise<PreparedCreation>
}

interface PreparedCreation {
  path: string
  body: unknown
  /** Another valid body. */
  otherBody: unknown
  /** Deletes one of the rows. */
  deleteOne: (response: ApiResponse<Created>) => Promise<{ status: number }>
  /** Sends `body` as this instead of JSON. */
  toForm?: (body: unknown) => FormData
}

interface Row { id: number, url?: string }
/** The rows in a response, under any of the names that responses have. */
type Created = Record<string, Row | Row[]>

/** The rows that a response contains. */
export const rowsIn = ({ body }: ApiResponse<Created>): Row[] => Object.values(body).flat()

/** Sends a creation with a key. */
export async function sendWithKey(
  ada: TestUser,
  { path, body, toForm }: Pick<PreparedCreation, 'path' | 'body' | 'toForm'>,
  key: string,
  options: RequestOptions = {},
): Promise<ApiResponse<Created>> {
  const headers = { 'idempotency-key': key, ...options.headers }
  const sent = toForm
    ? ada.post(path, undefined, { ...options, headers, raw: toForm(body) })
    : ada.post(path, body, { ...options, headers })
  return await sent as unknown as ApiResponse<Created>
}

const user = '/api/users/{user_id}'
const model = 'google/gemma-2-27b-it'

const firstId = (response: ApiResponse<Created>) => rowsIn(response)[0]!.id
const inChats = ({ id }: TestUser) => `/api/users/${id}/chats`

async function chatOf(ada: TestUser) {
  const { id } = await createChat(ada)
  return `${inChats(ada)}/${id}`
}

async function messageOf(ada: TestUser) {
  const chat = await createChat(ada)
  const [message] = await appendMessages(ada, chat, 'Hello')
  return { chat: `${inChats(ada)}/${chat.id}`, message }
}

function filesCreation(body: unknown, otherBody: unknown, toForm?: PreparedCreation['toForm']): Creation {
  return {
    route: `POST ${user}/chats/{chat_id}/files/{message_id}`,
    async prepare(ada) {
      const { chat, message } = await messageOf(ada)
      const deleteOne = (response: ApiResponse<Created>) =>
        ada.send('DELETE', `${chat}/messages/${message.id}/files/${firstId(response)}`)
      return { path: `${chat}/files/${message.id}`, body, otherBody, deleteOne, toForm }
    },
  }
}

function messagesCreation(body: unknown, otherBody: unknown): Creation {
  return {
    route: `POST ${user}/chats/{chat_id}/messages`,
    async prepare(ada) {
      const chat = await chatOf(ada)
      const deleteOne = (response: ApiResponse<Created>) =>
        ada.send('DELETE', `${chat}/messages/${firstId(response)}`)
      return { path: `${chat}/messages`, body, otherBody, deleteOne }
    },
  }
}

/** A form with files that have these names and contents. Each has a boundary of its own. */
function toFilesForm(files: unknown): FormData {
  const form = new FormData()
  for (const [name, content] of Object.entries(files as Record<string, string>))
    form.append('files', new Blob([content]), name)
  return form
}

const file = { title: 'a.txt', text: 'Hello' }
const message = { message: 'Hello', actor: 'user', files: [file] }

/** Every way to create rows, by what it creates. */
export const creations: Record<string, Creation> = {
  'a project': {
    route: `POST ${user}/projects`,
    prepare: async ada => ({
      path: `/api/users/${ada.id}/projects`,
      body: { name: 'Mine', project_type: 'backend', programming_language: 'rust' },
      otherBody: { name: 'Mine', project_type: 'backend', programming_language: 'go' },
      deleteOne: response => ada.send('DELETE', `/api/users/${ada.id}/projects/${firstId(response)}`),
    }),
  },
  'a chat': {
    route: `POST ${user}/chats`,
    prepare: async ada => ({
      path: inChats(ada),
      body: { name: 'Loose talk', model },
      otherBody: { name: 'Looser talk', model },
      deleteOne: response => ada.send('DELETE', `${inChats(ada)}/${firstId(response)}`),
    }),
  },
  'a chat in a project': {
    route: `POST ${user}/projects/{project_id}/chats`,
    prepare: async ada => ({
      path: `/api/users/${ada.id}/projects/${(await createProject(ada)).id}/chats`,
      body: { name: 'Talk', model },
      otherBody: { name: 'Talk', model: 'openai/gpt-4o' },
      deleteOne: response => ada.send('DELETE', `${inChats(ada)}/${firstId(response)}`),
    }),
  },
  'a message': messagesCreation(message, { ...message, files: [] }),
  'several messages': messagesCreation({ messages: [message, message] }, { messages: [message] }),
  'a file': filesCreation(file, { ...file, text: 'Hello again' }),
  'several files': filesCreation({ files: [file, file] }, { files: [file] }),
  'files of a form': filesCreation(
    { 'a.txt': 'Hello', 'b.bin': '\0' }, { 'a.txt': 'Hello', 'b.bin': '\0\0' }, toFilesForm),
  'a share': {
    route: `POST ${user}/chats/{chat_id}/shares`,
    async prepare(ada) {
      const chat = await chatOf(ada)
      const body = { password: 'open sesame', expires_at: '2100-01-01T00:00:00Z' }
      return {
        path: `${chat}/shares`,
        body,
        otherBody: { ...body, password: 'open says me' },
        deleteOne: response => ada.send('DELETE', `${chat}/shares/${firstId(response)}`),
      }
    },
  },
  'whitelist entries': {
    route: `POST ${user}/chats/{chat_id}/shares/{share_id}/whitelist-entries`,
    async prepare(ada) {
      const [chat, bob, eve] = [await createChat(ada), await signedInUser(), await signedInUser()]
      const share = await createShare(ada, chat)
      const path = `${inChats(ada)}/${chat.id}/shares/${share.id}/whitelist-entries`
      return {
        path,
        body: { emails: [bob.email, ada.email] },
        otherBody: { emails: [bob.email, eve.email] },
        deleteOne: response => ada.send('DELETE', `${path}/${firstId(response)}`),
      }
    },
  },
}
