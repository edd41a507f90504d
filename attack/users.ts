import { sessionOf, uniqueEmail, validPassword, type TestUser } from '../tests/support/factories.ts'
import type { ApiResponse } from '../tests/support/http.ts'
import { cookieOf, json, send } from './send.ts'

type Account = Pick<TestUser, 'id' | 'email' | 'password'>

/**
 * Signs up a user of the server under attack.
 * @throws Error if the server refuses
 */
export async function signUp(url: string): Promise<TestUser> {
  const [email, password] = [uniqueEmail(), validPassword]
  const response = await send(url, { method: 'POST', path: '/api/auth/sign-up', ...json({ email, password }) })
  return userOf(url, { email, password }, response)
}

/** Sends the login of a user, or of nobody if the password is wrong. */
export const logIn = (url: string, { email, password }: Pick<Account, 'email' | 'password'>) =>
  send(url, { method: 'POST', path: '/api/auth/login', ...json({ email, password }) })

/** The user that the response to a sign-up or a login presents. */
function userOf(url: string, { email, password }: Omit<Account, 'id'>, response: ApiResponse): TestUser {
  const { user } = (response.body ?? {}) as { user?: { id: number } }
  const session = sessionOf(response)
  if (!user || !session) throw new Error(`The server refused ${email} with ${response.status}: ${response.text}`)
  return { id: user.id, email, password, session, ...sendersOf(url, session) }
}

/** A further session of a user. */
export async function logInAgain(url: string, user: TestUser): Promise<TestUser> {
  return userOf(url, user, await logIn(url, user))
}

/** The functions of a user that send requests with the cookie of a session. */
export function sendersOf(url: string, session: string): Pick<TestUser, 'get' | 'post' | 'send'> {
  const sendJson = (method: string, path: string, body?: unknown) => {
    const { headers, ...rest } = json(body)
    return send(url, { method, path, headers: { ...cookieOf(session), ...headers }, ...rest })
  }
  return {
    get: path => sendJson('GET', path),
    post: (path, body) => sendJson('POST', path, body),
    send: sendJson,
  }
}
