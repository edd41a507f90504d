import createClient from 'openapi-fetch'
import type { Client, ClientOptions, FetchResponse } from 'openapi-fetch'
import type { components, operations, paths } from './schema.ts'

export { NeptunError, unwrap } from './unwrap.ts'
export type { components, operations, paths }
/** What the API takes and gives, by name: `Schemas['Chat']`. */
export type Schemas = components['schemas']

export interface NeptunClientOptions extends Pick<ClientOptions, 'fetch'> {
  /** Where the server is; empty in a page that comes from there. */
  baseUrl: string
  /** The `session` of an earlier client, to go on with. A browser has no use for it: it keeps the cookie itself. */
  session?: string
}

/** A method for each method of HTTP, which takes the paths of the API and what belongs to them. */
export interface NeptunClient extends Client<paths> {
  /** The session as it is now; undefined without one, and in browsers, which show it to no script. */
  readonly session: string | undefined
  /** Creates an account and signs in to it. */
  signUp: SignIn<operations['signUp']>
  logIn: SignIn<operations['logIn']>
}

type SignIn<Operation extends operations['signUp' | 'logIn']>
  = (credentials: Operation['requestBody']['content']['application/json']) => Promise<FetchResponse<Operation, unknown, 'application/json'>>

/** A client of the server at `baseUrl`. Where no browser keeps the session, the client does, and sends it to that server alone. */
export function createNeptunClient({ baseUrl, session, fetch }: NeptunClientOptions): NeptunClient {
  // The API redirects nobody, so nobody else is to be sent a password or a session.
  const client = createClient<paths>({ baseUrl, fetch, credentials: 'include', redirect: 'error' })
  // A single call may name another `baseUrl`.
  const isOurs = ({ url }: Request) => new URL(url).origin === new URL(baseUrl).origin
  client.use({
    onRequest({ request }) {
      if (session && isOurs(request)) request.headers.set('Cookie', `neptun-session=${session}`)
    },
    onResponse({ request, response }) {
      for (const cookie of response.headers.getSetCookie()) {
        const [, value] = /^neptun-session=([^;]*)/.exec(cookie) ?? []
        if (value !== undefined && isOurs(request)) session = value || undefined
      }
    },
  })
  return {
    ...client,
    get session() { return session },
    signUp: credentials => client.POST('/api/auth/sign-up', { body: credentials }),
    logIn: credentials => client.POST('/api/auth/login', { body: credentials }),
  }
}
