import createClient from 'openapi-fetch'
import type { Client, ClientOptions, FetchResponse } from 'openapi-fetch'
import type { components, operations, paths } from './schema.ts'

export { NeptunError, unwrap } from './unwrap.ts'
export type { components, operations, paths }
/** The schemas of the OpenAPI document by name, such as `Schemas['Chat']`. */
export type Schemas = components['schemas']

export interface NeptunClientOptions extends Pick<ClientOptions, 'fetch'> {
  /** The base URL of the server; empty in a page from the same origin. */
  baseUrl: string
  /** The `session` of an earlier client, to resume it. Not needed in browsers, which store the cookie themselves. */
  session?: string
}

/** An openapi-fetch client, typed for the Neptun API. */
export interface NeptunClient extends Client<paths> {
  /** The current session; undefined if there is none, and always in browsers, where the cookie is `HttpOnly`. */
  readonly session: string | undefined
  /** Creates an account and starts a session. */
  signUp: SignIn<operations['signUp']>
  /** Starts a session. */
  logIn: SignIn<operations['logIn']>
}

type SignIn<Operation extends operations['signUp' | 'logIn']>
  = (credentials: Operation['requestBody']['content']['application/json']) =>
  Promise<FetchResponse<Operation, unknown, 'application/json'>>

/**
 * Creates a client for the server at `baseUrl`. Outside browsers, the client stores the session itself and sends it
 * only to the origin of `baseUrl`.
 */
export function createNeptunClient({ baseUrl, session, fetch }: NeptunClientOptions): NeptunClient {
  // No endpoint redirects. Following a redirect could leak a password or a session to another server.
  const client = createClient<paths>({
    baseUrl,
    fetch,
    credentials: 'include',
    redirect: 'error',
    querySerializer: { array: { style: 'form', explode: false } },
  })
  // A single call can override `baseUrl`.
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
