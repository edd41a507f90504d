import { randomUUID } from 'node:crypto'
import { request, type Answer, type Json, type RequestOptions } from './http.ts'

type Send = (path: string, body?: unknown, options?: RequestOptions) => Promise<Answer>

/** Somebody who is signed in, and sends the cookie with every request. */
export interface Person {
  id: number
  email: string
  password: string
  /** The value of the session cookie. */
  session: string
  get: (path: string, options?: RequestOptions) => Promise<Answer>
  post: Send
  send: (method: string, path: string, body?: unknown, options?: RequestOptions) => Promise<Answer>
}

export const aPassword = 'correct horse battery'
export const anEmail = () => `${randomUUID()}@example.com`

/** Signs somebody new up. */
export async function signedInUser(options: RequestOptions = {}): Promise<Person> {
  const email = anEmail()
  const answer = await request('POST', '/api/auth/sign-up', { email, password: aPassword }, options)
  if (answer.status !== 201) throw new Error(`Sign-up answered ${answer.status}: ${answer.text}`)
  const session = sessionOf(answer)!
  const send: Person['send'] = (method, path, body, { headers, ...rest } = {}) =>
    request(method, path, body, { ...options, headers: { cookie: `neptun-session=${session}`, ...headers }, ...rest })
  return {
    id: answer.body.user.id,
    email,
    password: aPassword,
    session,
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
  }
}

/** The same person in another browser: signed in once more. */
export async function inAnotherBrowser(person: Person, userAgent = 'Another browser'): Promise<Person> {
  const { email, password } = person
  const answer = await request('POST', '/api/auth/login', { email, password }, { headers: { 'user-agent': userAgent } })
  if (answer.status !== 200) throw new Error(`Login answered ${answer.status}: ${answer.text}`)
  const session = sessionOf(answer)!
  const send: Person['send'] = (method, path, body, { headers, ...rest } = {}) =>
    person.send(method, path, body, { headers: { cookie: `neptun-session=${session}`, ...headers }, ...rest })
  return {
    ...person,
    session,
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
  }
}

/** The session that an answer begins. */
export function sessionOf(answer: Answer): string | undefined {
  return /neptun-session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
}

async function created(answer: Promise<Answer>): Promise<Json> {
  const { status, text, body } = await answer
  if (status !== 201) throw new Error(`Expected 201, got ${status}: ${text}`)
  return body
}

export async function projectOf(person: Person, fields: object = {}) {
  const project = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript', ...fields }
  return (await created(person.post(`/api/users/${person.id}/projects`, project))).project
}

/** A chat in a project, a new one unless it is given. */
export async function chatOf(person: Person, fields: { name?: string, model?: string } = {}, project?: { id: number }) {
  const { id } = project ?? await projectOf(person)
  const chat = { name: 'Project Discussion', model: 'google/gemma-2-27b-it', ...fields }
  return (await created(person.post(`/api/users/${person.id}/projects/${id}/chats`, chat))).chat
}

/** Adds messages to a chat, the first from the user and then in turns unless they say otherwise. */
export async function messagesIn(person: Person, chat: { id: number }, ...messages: (string | object)[]) {
  const given = messages.map((message, i) =>
    typeof message === 'string' ? { message, actor: i % 2 ? 'assistant' : 'user' } : { actor: 'user', ...message })
  return (await created(person.post(`/api/users/${person.id}/chats/${chat.id}/messages`, { messages: given }))).chatMessages
}

export async function shareOf(person: Person, chat: { id: number }, fields: object = {}) {
  return (await created(person.post(`/api/users/${person.id}/chats/${chat.id}/shares`, fields))).share
}

/** A chat outside of every project. */
export async function looseChatOf(person: Person, fields: { name?: string, model?: string } = {}) {
  const chat = { name: 'Loose talk', model: 'google/gemma-2-27b-it', ...fields }
  return (await created(person.post(`/api/users/${person.id}/chats`, chat))).chat
}

/** Gives a chat messages, a file and a share with a whitelist. */
export async function furnish(person: Person, chat: { id: number }) {
  const [message] = await messagesIn(person, chat, { message: 'Look', files: [{ title: 'a.txt', text: 'Here' }] }, 'I see')
  const share = await shareOf(person, chat, { emails: [person.email] })
  return { message, file: message.files[0], share }
}

/** Opens a share without a session. */
export const openShare = (uuid: string, options?: RequestOptions) => request('GET', `/api/shared/chats/${uuid}`, undefined, options)

export const basic = (password: string, user = '') => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` })
