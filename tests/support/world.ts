import { randomUUID } from 'node:crypto'
import type { Schemas } from '#client/index'
import { request, type Answer, type RequestOptions } from './http.ts'
import type { BodyOf, OperationId } from './response-types.ts'

/** A signed-in user, who sends the session cookie with every request. */
export interface Person {
  id: number
  email: string
  password: string
  /** The value of the session cookie. */
  session: string
  get: <Id extends OperationId = never, Path extends string = string>(
    path: Path,
    options?: RequestOptions,
  ) => Promise<Answer<BodyOf<Id, 'GET', Path>>>
  post: <Id extends OperationId = never, Path extends string = string>(
    path: Path,
    body?: unknown,
    options?: RequestOptions,
  ) => Promise<Answer<BodyOf<Id, 'POST', Path>>>
  send: <Id extends OperationId = never, Method extends string = string, Path extends string = string>(
    method: Method,
    path: Path,
    body?: unknown,
    options?: RequestOptions,
  ) => Promise<Answer<BodyOf<Id, Method, Path>>>
}

type Account = Pick<Person, 'id' | 'email' | 'password'>

export const aPassword = 'correct horse battery'
export const anEmail = () => `${randomUUID()}@example.com`

/** Signs up a new user. */
export async function signedInUser(options: RequestOptions = {}): Promise<Person> {
  const [email, password] = [anEmail(), aPassword]
  const response = await request('POST', '/api/auth/sign-up', { email, password }, options)
  const { user } = expectStatus(201, response)
  return personOf({ id: user.id, email, password }, sessionOf(response)!, options)
}

/** Logs a user in once more, with a session of its own. */
export async function inAnotherBrowser(person: Person, userAgent = 'Another browser'): Promise<Person> {
  const { email, password } = person
  const options = { headers: { 'user-agent': userAgent } }
  const response = await request('POST', '/api/auth/login', { email, password }, options)
  expectStatus(200, response)
  return personOf(person, sessionOf(response)!)
}

function personOf({ id, email, password }: Account, session: string, defaults: RequestOptions = {}): Person {
  const send = (method: string, path: string, body?: unknown, { headers, ...rest }: RequestOptions = {}) => {
    const options = { ...defaults, headers: { cookie: `neptun-session=${session}`, ...headers }, ...rest }
    return request(method, path, body, options) as Promise<Answer<never>>
  }
  return {
    id,
    email,
    password,
    session,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    send,
  }
}

/** The session that a response starts. */
export function sessionOf({ headers }: Answer): string | undefined {
  return /neptun-session=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1]
}

function expectStatus<Body>(expected: number, { status, text, body }: Answer<Body>): Body {
  if (status !== expected) throw new Error(`Expected ${expected}, got ${status}: ${text}`)
  return body
}

/** Creates a project. */
export async function projectOf(person: Person, fields: object = {}) {
  const project = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript', ...fields }
  return expectStatus(201, await person.post(`/api/users/${person.id}/projects`, project)).project
}

interface ChatFields {
  name?: string
  model?: string
}

/** Creates a chat in this project, or else in a new one. */
export async function chatOf(person: Person, fields: ChatFields = {}, project?: { id: number }) {
  const { id } = project ?? await projectOf(person)
  const chat = { name: 'Project Discussion', model: 'google/gemma-2-27b-it', ...fields }
  return expectStatus(201, await person.post(`/api/users/${person.id}/projects/${id}/chats`, chat)).chat
}

/** Creates a chat without a project. */
export async function looseChatOf(person: Person, fields: ChatFields = {}) {
  const chat = { name: 'Loose talk', model: 'google/gemma-2-27b-it', ...fields }
  return expectStatus(201, await person.post(`/api/users/${person.id}/chats`, chat)).chat
}

/** As many messages as were given, each with as many files. */
type MessagesFrom<Given extends readonly unknown[]> = { -readonly [Index in keyof Given]: MessageFrom<Given[Index]> }
type MessageFrom<Given> = Given extends { files: infer Files extends readonly unknown[] }
  ? Omit<Schemas['Message'], 'files'> & { files: { -readonly [Index in keyof Files]: Schemas['File'] } }
  : Schemas['Message']

/** Appends messages to a chat. Texts alternate between user and assistant; objects are from the user by default. */
export async function messagesIn<const Given extends readonly (string | object)[]>(
  person: Person,
  chat: { id: number },
  ...given: Given
): Promise<MessagesFrom<Given>> {
  const messages = given.map((message, i) =>
    typeof message === 'string' ? { message, actor: i % 2 ? 'assistant' : 'user' } : { actor: 'user', ...message })
  const response = await person.post(`/api/users/${person.id}/chats/${chat.id}/messages`, { messages })
  return expectStatus(201, response).chatMessages as MessagesFrom<Given>
}

/** Shares a chat. */
export async function shareOf(person: Person, chat: { id: number }, fields: object = {}) {
  return expectStatus(201, await person.post(`/api/users/${person.id}/chats/${chat.id}/shares`, fields)).share
}

/** Gives a chat two messages, a file and a share with a whitelist. */
export async function furnish(person: Person, chat: { id: number }) {
  const files = [{ title: 'a.txt', text: 'Here' }] as const
  const [message] = await messagesIn(person, chat, { message: 'Look', files }, 'I see')
  const share = await shareOf(person, chat, { emails: [person.email] })
  return { message, file: message.files[0], share }
}

/** Opens a share without a session. */
export const openShare = (uuid: string, options?: RequestOptions) =>
  request('GET', `/api/shared/chats/${uuid}`, undefined, options)

/** The header of HTTP Basic authentication. */
export const basic = (password: string, user = '') =>
  ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` })
