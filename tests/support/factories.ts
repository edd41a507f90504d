import { randomUUID } from 'node:crypto'
import type { Schemas } from '#client/index'
import { request, type ApiResponse, type RequestOptions } from './http.ts'
import type { BodyOf, OperationId } from './response-types.ts'

/** A signed-in user, who sends the session cookie with every request. */
export interface TestUser {
  id: number
  email: string
  password: string
  /** The value of the session cookie. */
  session: string
  get: <Id extends OperationId = never, Path extends string = string>(
    path: Path,
    options?: RequestOptions,
  ) => Promise<ApiResponse<BodyOf<Id, 'GET', Path>>>
  post: <Id extends OperationId = never, Path extends string = string>(
    path: Path,
    body?: unknown,
    options?: RequestOptions,
  ) => Promise<ApiResponse<BodyOf<Id, 'POST', Path>>>
  send: <Id extends OperationId = never, Method extends string = string, Path extends string = string>(
    method: Method,
    path: Path,
    body?: unknown,
    options?: RequestOptions,
  ) => Promise<ApiResponse<BodyOf<Id, Method, Path>>>
}

type Account = Pick<TestUser, 'id' | 'email' | 'password'>

/** The id of no row; the largest that the API accepts. */
export const missingId = Number.MAX_SAFE_INTEGER

export const validPassword = 'correct horse battery'
export const uniqueEmail = () => `${randomUUID()}@example.com`

/** Signs up a new user. */
export async function signedInUser(options: RequestOptions = {}): Promise<TestUser> {
  const [email, password] = [uniqueEmail(), validPassword]
  const response = await request('POST', '/api/auth/sign-up', { email, password }, options)
  const { user } = expectStatus(201, response)
  return personOf({ id: user.id, email, password }, sessionOf(response)!, options)
}

/** Logs a user in once more, with a session of its own. */
export async function logInAgain(person: TestUser, userAgent = 'Another browser'): Promise<TestUser> {
  const { email, password } = person
  const options = { headers: { 'user-agent': userAgent } }
  const response = await request('POST', '/api/auth/login', { email, password }, options)
  expectStatus(200, response)
  return personOf(person, sessionOf(response)!)
}

function personOf({ id, email, password }: Account, session: string, defaults: RequestOptions = {}): TestUser {
  const send = (method: string, path: string, body?: unknown, { headers, ...rest }: RequestOptions = {}) => {
    const options = { ...defaults, headers: { cookie: `neptun-session=${session}`, ...headers }, ...rest }
    return request(method, path, body, options) as Promise<ApiResponse<never>>
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
export function sessionOf({ headers }: ApiResponse): string | undefined {
  return /neptun-session=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1]
}

function expectStatus<Body>(expected: number, { status, text, body }: ApiResponse<Body>): Body {
  if (status !== expected) throw new Error(`Expected ${expected}, got ${status}: ${text}`)
  return body
}

/** Creates a project. */
export async function createProject(person: TestUser, fields: object = {}) {
  const project = { name: 'Neptun', project_type: 'backend', programming_language: 'typescript', ...fields }
  return expectStatus(201, await person.post(`/api/users/${person.id}/projects`, project)).project
}

interface ChatFields {
  name?: string
  model?: string
}

/** Creates a chat in this project, or else in a new one. */
export async function createChat(person: TestUser, fields: ChatFields = {}, project?: { id: number }) {
  const { id } = project ?? await createProject(person)
  const chat = { name: 'Project Discussion', model: 'google/gemma-2-27b-it', ...fields }
  return expectStatus(201, await person.post(`/api/users/${person.id}/projects/${id}/chats`, chat)).chat
}

/** Creates a chat without a project. */
export async function createChatWithoutProject(person: TestUser, fields: ChatFields = {}) {
  const chat = { name: 'Loose talk', model: 'google/gemma-2-27b-it', ...fields }
  return expectStatus(201, await person.post(`/api/users/${person.id}/chats`, chat)).chat
}

/** As many messages as were given, each with as many files; at least one. */
type MessagesFrom<Given extends readonly unknown[]> = number extends Given['length']
  ? [MessageFrom<Given[number]>, ...MessageFrom<Given[number]>[]]
  : { -readonly [Index in keyof Given]: MessageFrom<Given[Index]> }
type MessageFrom<Given> = Given extends { files: infer Files extends readonly unknown[] }
  ? Omit<Schemas['Message'], 'files'> & { files: { -readonly [Index in keyof Files]: Schemas['File'] } }
  : Schemas['Message']

/** Appends messages to a chat. Texts alternate between user and assistant; objects are from the user by default. */
export async function appendMessages<const Given extends readonly (string | object)[]>(
  person: TestUser,
  chat: { id: number },
  ...given: Given
): Promise<MessagesFrom<Given>> {
  const messages = given.map((message, i) =>
    typeof message === 'string' ? { message, actor: i % 2 ? 'assistant' : 'user' } : { actor: 'user', ...message })
  const response = await person.post(`/api/users/${person.id}/chats/${chat.id}/messages`, { messages })
  return expectStatus(201, response).chatMessages as MessagesFrom<Given>
}

/** Shares a chat. */
export async function createShare(person: TestUser, chat: { id: number }, fields: object = {}) {
  return expectStatus(201, await person.post(`/api/users/${person.id}/chats/${chat.id}/shares`, fields)).share
}

/** Gives a chat two messages, a file and a share with a whitelist. */
export async function addMessagesAndShare(person: TestUser, chat: { id: number }) {
  const files = [{ title: 'a.txt', text: 'Here' }] as const
  const [message] = await appendMessages(person, chat, { message: 'Look', files }, 'I see')
  const share = await createShare(person, chat, { emails: [person.email] })
  return { message, file: message.files[0], share }
}

/** Opens a share without a session. */
export const openShare = (uuid: string, options?: RequestOptions) =>
  request('GET', `/api/shared/chats/${uuid}`, undefined, options)

/** The header of HTTP Basic authentication. */
export const basicAuth = (password: string, user = '') =>
  ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` })
