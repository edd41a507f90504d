import { issueFileUrls } from './bare/links.ts'
import type { BenchUser } from './fixture.ts'

/** A request to send repeatedly. */
export interface BenchRequest {
  method: 'GET' | 'POST'
  path: string
  cookie?: string
  body?: string
  /** The media type of the body; JSON if undefined. */
  type?: string
}

export type EndpointName
  = 'messages' | 'shared-chat' | 'project-chats' | 'files' | 'chats' | 'chat' | 'download' | 'append' | 'start-chat'

export interface Endpoint {
  /** The method and the path, in which U is the path of the user. */
  title: string
  /** The requests of a user, which differ in the chat or the file. */
  requestsOf: (user: BenchUser) => BenchRequest[]
}

export const newMessage = {
  actor: 'user',
  message: 'Why does "await" in a loop send one request at a time?\n'.repeat(7).slice(0, 340),
}
export const newChat = { model: 'google/gemma-2-27b-it', name: 'Another discussion' }

/** The endpoints to measure, by the names that `--endpoint` takes. */
export const endpoints: Record<EndpointName, Endpoint> = {
  'messages': {
    title: 'GET U/chats/{id}/messages',
    requestsOf: user => user.chats.map(chat => requestOf(user, `/chats/${chat}/messages`)),
  },
  'shared-chat': {
    title: 'GET /api/shared/chats/{uuid}',
    requestsOf: ({ share }) => [{ method: 'GET', path: `/api/shared/chats/${share}` }],
  },
  'project-chats': {
    title: 'GET U/projects/{id}/chats',
    requestsOf: user => [requestOf(user, `/projects/${user.project}/chats`)],
  },
  'files': {
    title: 'GET U/chats/{id}/files',
    requestsOf: user => user.chats.map(chat => requestOf(user, `/chats/${chat}/files`)),
  },
  'chats': {
    title: 'GET U/chats?limit=20',
    requestsOf: user => [requestOf(user, '/chats?limit=20')],
  },
  'chat': {
    title: 'GET U/chats/{id}',
    requestsOf: user => user.chats.map(chat => requestOf(user, `/chats/${chat}`)),
  },
  'download': {
    title: 'GET /api/files/{id}',
    requestsOf: ({ id, files }) => {
      const link = issueFileUrls('', { owner: String(id) })
      return files.map(file => ({ method: 'GET', path: link(String(file)) }))
    },
  },
  'append': {
    title: 'POST U/chats/{id}/messages',
    requestsOf: user => user.chats.map(chat => postOf(user, `/chats/${chat}/messages`, newMessage)),
  },
  'start-chat': {
    title: 'POST U/projects/{id}/chats',
    requestsOf: user => [postOf(user, `/projects/${user.project}/chats`, newChat)],
  },
}

/** A GET request of a user, for a path under that of the user. */
export function requestOf({ id, token }: BenchUser, path: string): BenchRequest {
  return { method: 'GET', path: `/api/users/${id}${path}`, cookie: `neptun-session=${token}` }
}

/** A POST request of a user with a JSON body. */
export function postOf(user: BenchUser, path: string, body: object): BenchRequest {
  return { ...requestOf(user, path), method: 'POST', body: JSON.stringify(body) }
}
