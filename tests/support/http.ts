import { url } from '@nuxt/test-utils/e2e'
import { assertDocumented } from './assert-documented.ts'
import type { BodyOf, ErrorBody, OperationId } from './response-types.ts'

/** A response that has been read completely. */
export interface ApiResponse<Body = unknown> {
  status: number
  statusText: string
  headers: Headers
  bytes: Buffer
  text: string
  /** The JSON body, typed as the documented success; undefined if the body is not JSON. */
  body: Body
  /** The same body where the status is 400 or above, typed as the documented error; undefined for a success. */
  error: ErrorBody
}

export interface RequestOptions {
  headers?: Record<string, string>
  /** Sent unchanged instead of a JSON body; the content type has to be set in `headers`. */
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream | FormData
  /** A server other than the shared one. */
  baseUrl?: string
}

/**
 * Sends a request to the server under test, with `body` as JSON.
 * @throws Error if the response is not as documented
 */
export async function request<
  Id extends OperationId = never,
  Method extends string = string,
  Path extends string = string,
>(
  method: Method,
  path: Path,
  body?: unknown,
  { headers, raw, baseUrl }: RequestOptions = {},
): Promise<ApiResponse<BodyOf<Id, Method, Path>>> {
  const response = await fetch((baseUrl ?? url('').replace(/\/$/, '')) + path, {
    method,
    headers: { ...body !== undefined && { 'content-type': 'application/json' }, ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    redirect: 'manual',
    ...raw instanceof ReadableStream && { duplex: 'half' },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return assertDocumented(method, path, toApiResponse(response, bytes))
}

/** The body has the type `never`, assignable to the documented type that the caller expects. */
export function toApiResponse(
  { status, statusText, headers }: Pick<Response, 'status' | 'statusText' | 'headers'>,
  bytes: Buffer,
): ApiResponse<never> {
  const text = bytes.toString()
  const body = parseJson(text) as never
  return { status, statusText, headers, bytes, text, body, error: status < 400 ? undefined as never : body }
}

/** Parses JSON; undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
