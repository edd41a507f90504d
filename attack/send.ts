import { Agent, request } from 'node:http'
import { toCurl } from '../tests/fuzz/send.ts'
import { toApiResponse, type ApiResponse } from '../tests/support/http.ts'

/** A request that is sent as it is: neither its path nor its headers are normalized. */
export interface AttackRequest {
  method: string
  path: string
  headers?: Record<string, string>
  /** Sent with its length. */
  body?: string | Buffer
  /** Sent in chunks, without a length. */
  chunks?: Iterable<string | Buffer>
}

/** Milliseconds after which a request counts as hanging. */
const hangTime = 10_000

/** The server closes connections after 5 seconds without a request. */
const agent = new Agent({ keepAlive: true, timeout: 4000 })

/**
 * Sends a request to a server on this machine.
 * @param isAlone whether to use a connection of its own
 * @throws Error if there is no complete response in time
 */
export function send(url: string, sent: AttackRequest, { isAlone = false } = {}): Promise<ApiResponse<never>> {
  const { hostname, port } = loopback(url)
  const { method, path, body, chunks } = sent
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const headers = { ...length, ...chunks && { 'transfer-encoding': 'chunked' }, ...sent.headers }
  const signal = AbortSignal.timeout(hangTime)
  const { promise, resolve, reject } = Promise.withResolvers<ApiResponse<never>>()
  const fail = (error: Error) =>
    reject(signal.aborted ? new Error(`No response within ${hangTime / 1000} s`, { cause: error }) : error)
  const outgoing = request({ hostname, port, method, path, headers, agent: isAlone ? false : agent, signal })
  outgoing.on('error', fail).on('response', (response) => {
    const { statusCode: status = 0, statusMessage: statusText = '', headersDistinct } = response
    response.toArray().then((parts) => {
      const headers = new Headers(Object.entries(headersDistinct).flatMap(([name, values]) =>
        (values ?? []).map((value): [string, string] => [name, value])))
      resolve(toApiResponse({ status, statusText, headers }, Buffer.concat(parts as Buffer[])))
    }).catch(fail)
  })
  for (const chunk of chunks ?? []) outgoing.write(chunk)
  outgoing.end(body)
  return promise
}

/** The parts of the address of a server, which must be on this machine. */
export function loopback(url: string): { hostname: string, port: number } {
  const { hostname, port } = new URL(url)
  if (hostname !== '127.0.0.1') throw new Error(`${url} is not on this machine.`)
  return { hostname, port: Number(port) }
}

/** Headers of a signed-in caller. */
export const cookieOf = (session: string) => ({ cookie: `neptun-session=${session}` })

/** The headers and the body of a JSON request. */
export function json(value: unknown): Pick<AttackRequest, 'headers' | 'body'> {
  return value === undefined
    ? {}
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

/** A command that sends a request again. */
export function commandOf(url: string, { method, path, headers = {}, body }: AttackRequest): string {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  return toCurl({ method, path, ids: {} as never, query: [], headers, body: bytes }, url)
}
