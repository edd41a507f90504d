import { url } from '@nuxt/test-utils/e2e'
import { witness } from './witness.ts'

/** Whatever an answer holds: a test says what it expects of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any

export interface Answer {
  status: number
  statusText: string
  headers: Headers
  /** The body as it came. */
  text: string
  bytes: Buffer
  /** The body as JSON; undefined if it is none. */
  body: Json
}

export interface RequestOptions {
  headers?: Record<string, string>
  /** Sent as it is, with whatever content type `headers` says. */
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream | FormData
  /** Another server than the one of the run. */
  baseUrl?: string
}

/** One request to the server under test; a `body` is sent as JSON. Its answer has to be as documented. */
export async function request(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
  const { headers, raw, baseUrl } = options
  const response = await fetch((baseUrl ?? url('').replace(/\/$/, '')) + path, {
    method,
    headers: { ...body !== undefined && { 'content-type': 'application/json' }, ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    redirect: 'manual',
    ...raw instanceof ReadableStream && { duplex: 'half' },
  })
  return witness(method, path, await answerOf(response))
}

/** All that came back. */
async function answerOf(response: Response): Promise<Answer> {
  const { status, statusText, headers } = response
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString()
  return { status, statusText, headers, text, bytes, body: parse(text) }
}

/** Undefined where a body is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
