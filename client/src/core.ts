import { abortable, withTimeLimit } from './abort.ts'
import { ApiPromise, type WithResponse } from './api-promise.ts'
import { ApiError, errorOf } from './errors.ts'
import { List, type Page } from './list.ts'
import type { AnyOptions, DownloadOptions, RequestOptions } from './options.ts'
import type { Transport } from './transport.ts'
import { toForm, type Upload } from './uploads.ts'

/** A request of a generated method. */
export interface Call<T> {
  /** The method and the path template, such as `GET /api/users/{user_id}/chats/{chat_id}`. */
  route: string
  /** The path parameters except for that of the user. */
  ids?: readonly (number | string)[]
  query?: object
  /** The body, as JSON. */
  body?: unknown
  /** The body, as a form. */
  files?: readonly Upload[]
  /** Whether the operation takes an `Idempotency-Key`. */
  creates?: boolean
  /** Selects the result from the body of the response; by default all of it. */
  pick?: (body: never) => T
}

/** A request for a list with pages. */
interface ListCall<T> extends Call<T[]> {
  /** The largest page. */
  maxLimit: number
  pick: (body: never) => T[]
}

/** What the generated methods call. */
export class Core {
  readonly #baseUrl: string
  readonly #transport: Transport

  constructor(baseUrl: string, transport: Transport) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#transport = transport
  }

  call<T>(call: Call<T>, options: AnyOptions = {}): ApiPromise<T> {
    return new ApiPromise(this.#send(call, options))
  }

  list<T>({ maxLimit, pick, query = {}, ...call }: ListCall<T>, options?: RequestOptions): List<T> {
    const pickPage = (body: { next_cursor?: string | null }): Page<T> =>
      ({ items: pick(body as never), nextCursor: body.next_cursor ?? undefined })
    return new List(query => this.call({ ...call, query, pick: pickPage }, options), query, maxLimit)
  }

  /** Opens a signed link, which needs no session, so that none is sent. */
  async download({ url }: { url: string }, { range, ...options }: DownloadOptions = {}): Promise<Response> {
    const headers = new Headers(options.headers)
    if (range) headers.set('Range', `bytes=${range.start ?? 0}-${range.end ?? ''}`)
    const response = await this.#transport.fetch(url, { method: 'GET', headers, credentials: 'omit' }, options)
    if (!response.ok && response.status !== 304) throw errorOf(response, await readBody(response))
    return response
  }

  async #send<T>({ pick, ...call }: Call<T>, options: AnyOptions): Promise<WithResponse<T>> {
    options.signal?.throwIfAborted()
    const [method, template] = call.route.split(' ') as [string, string]
    // Written before anything is awaited, because the caller may go on to change the objects.
    const query = queryOf(call.query)
    const headers = headersOf(call, options)
    const body = call.files ? await toForm(call.files) : JSON.stringify(call.body)
    const url = this.#baseUrl + await this.#pathOf(template, call.ids, options) + query
    const response = await this.#transport.fetch(url, { method, headers, body }, options)
    // Then the type of the result includes undefined: a 304 is only the response to `ifNoneMatch`.
    if (response.status === 204 || response.status === 304) return { data: undefined as T, response }
    const content = await readBody(response)
    if (!response.ok) throw errorOf(response, content)
    if (content === undefined) throw new ApiError(response, content)
    this.#transport.session.learn(response, content)
    return { data: pick ? pick(content as never) : content as T, response }
  }

  /** Fills in the parameters of a path. */
  async #pathOf(
    template: string,
    ids: Call<unknown>['ids'],
    options: RequestOptions,
  ): Promise<string> {
    const values = [...ids ?? []]
    if (template.includes('{user_id}')) values.unshift(await this.#userId(options))
    return template.replaceAll(/{(\w+)}/g, (_, name) => {
      const value = String(values.shift())
      // Anything else could lead to another path.
      if (!/^[\w-]+$/.test(value)) throw new TypeError(`Invalid ${name}: ${value}`)
      return value
    })
  }

  /** The id of the user, for which several calls may wait. A call that gives up must not end the request of all. */
  #userId(options: RequestOptions): Promise<number> {
    const route = 'GET /api/auth/check'
    const pick = (body: { user: { id: number } }) => body.user.id
    const userId = this.#transport.session.userId(async () => this.call({ route, pick }))
    return withTimeLimit(route, options, signal => abortable(userId, signal))
  }
}

function headersOf({ creates, body }: Call<unknown>, { idempotencyKey, ifMatch, ifNoneMatch, headers }: AnyOptions) {
  const all = new Headers(headers)
  if (body !== undefined) all.set('Content-Type', 'application/json')
  if (creates) all.set('Idempotency-Key', idempotencyKey ?? newKey())
  if (ifMatch !== undefined) all.set('If-Match', ifMatch)
  if (ifNoneMatch !== undefined) all.set('If-None-Match', ifNoneMatch)
  return all
}

/** `randomUUID` is missing in pages without HTTPS. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

/** Lists are separated by commas, in the form that `order_by` has. An empty one is left out, as by openapi-fetch. */
function queryOf(query: object = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const isEmptyList = Array.isArray(value) && value.length === 0
    if (value !== undefined && !isEmptyList) search.set(name, String(value))
  }
  return `${search}` ? `?${search}` : ''
}

/** The body of a response; undefined if it is not JSON. */
async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json() as unknown
  }
  catch {
    return undefined
  }
}

/** A group of generated methods. */
export abstract class Resource {
  protected readonly core: Core

  constructor(core: Core) {
    this.core = core
  }
}
