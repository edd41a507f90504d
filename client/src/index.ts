import createClient, { type Client } from 'openapi-fetch'
import type { ApiPromise } from './api-promise.ts'
import { Core } from './core.ts'
import type { NeptunOptions, RequestOptions } from './options.ts'
import { Resources, type OpenSharedChatResult } from './resources.ts'
import type { components, paths } from './schema.ts'
import { Session } from './session.ts'
import { Transport } from './transport.ts'

export type { ApiPromise, WithResponse } from './api-promise.ts'
export * from './errors.ts'
export type { List, Page } from './list.ts'
export type * from './options.ts'
export type * from './resources.ts'
export type { components, operations, paths } from './schema.ts'
export type { Upload } from './uploads.ts'
/** The schemas of the OpenAPI document by name, such as `Schemas['Chat']`. */
export type Schemas = components['schemas']

/** A client of the Neptun API. */
export class Neptun extends Resources {
  /** The exact call of any endpoint by its path, as openapi-fetch has it: with the same session and retries. */
  readonly api: Client<paths>
  readonly #session: Session

  constructor(options: NeptunOptions) {
    const session = new Session(options.session)
    const transport = new Transport(options, session)
    super(new Core(options.baseUrl, transport))
    this.#session = session
    this.api = createClient<paths>({
      baseUrl: options.baseUrl,
      querySerializer: { array: { style: 'form', explode: false } },
      fetch: request => send(request, transport),
    })
  }

  /** The current session; undefined if there is none, and always in browsers, where the cookie is `HttpOnly`. */
  get session(): string | undefined {
    return this.#session.token
  }

  /**
   * Opens a shared chat.
   * @param uuidOrUrl the uuid of the share, or a link that contains it. The request goes to `baseUrl` in any case.
   * @throws ApiError if access is refused; its `shareInfo` says how the share is protected
   */
  openShare(
    uuidOrUrl: string | URL,
    { password, ...options }: RequestOptions & { password?: string | undefined } = {},
  ): ApiPromise<OpenSharedChatResult> {
    const [uuid = String(uuidOrUrl)] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/i.exec(String(uuidOrUrl)) ?? []
    const authorization = password !== undefined && { Authorization: `Basic ${toBase64(`:${password}`)}` }
    return this.sharedChats.open(uuid, { ...options, headers: { ...options.headers, ...authorization } })
  }
}

/** Creates a client for the server at `baseUrl`. */
export const createNeptun = (options: NeptunOptions): Neptun => new Neptun(options)

/** Sends a request whose body is read at once, so that it can be repeated. */
async function send(request: Request, transport: Transport): Promise<Response> {
  const { url, method, headers, signal } = request
  const body = method === 'GET' || method === 'HEAD' ? undefined : await request.blob()
  return transport.fetch(url, { method, headers, body: body?.size ? body : undefined }, { signal })
}

/** Encodes text as UTF-8 and Base64. */
const toBase64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
