import { request, type Agent } from 'node:http'
import { assertDocumented } from './assert-documented.ts'
import { toApiResponse, type ApiResponse } from './http.ts'
import type { BodyOf, OperationId } from './response-types.ts'
import { testServer } from './test-server.ts'

export interface RawRequest {
  headers?: Record<string, string>
  /** Written one by one, with chunked encoding unless `headers` has a content length. */
  chunks?: (string | Uint8Array)[]
  baseUrl?: string
  /** Reuses its connections; by default every request opens its own. */
  agent?: Agent | false
  /** Aborts the request. */
  signal?: AbortSignal
  /** Whether another run may not send the same request. */
  isByChance?: boolean
}

/**
 * Sends a request whose path and headers are not normalized, as `fetch` would do.
 * @throws Error if the response is not as documented
 */
export function rawRequest<
  Id extends OperationId = never,
  Method extends string = string,
  Path extends string = string,
>(
  method: Method,
  path: Path,
  { headers, chunks = [], baseUrl, agent = false, signal, isByChance }: RawRequest = {},
): Promise<ApiResponse<BodyOf<Id, Method, Path>>> {
  const { hostname, port } = new URL(baseUrl ?? testServer().baseUrl)
  const framing = chunks.length > 0 && !headers?.['content-length'] ? { 'transfer-encoding': 'chunked' } : {}
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path, headers: { ...framing, ...headers }, agent, signal }
    const sent = request(options, (received) => {
      const { statusCode: status = 0, statusMessage: statusText = '' } = received
      const headers = new Headers()
      for (const [name, values] of Object.entries(received.headersDistinct))
        values?.forEach(value => headers.append(name, value))
      received.toArray().then((chunks) => {
        const response = toApiResponse({ status, statusText, headers }, Buffer.concat(chunks as Buffer[]))
        resolve(assertDocumented(method, path, response, isByChance))
      }).catch(reject)
    }).on('error', reject)
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
  })
}

/**
 * Parses a response that was read from a socket.
 * @throws Error if it is not as documented
 */
export function parseRawResponse(method: string, path: string, received: Buffer): ApiResponse {
  const end = received.indexOf('\r\n\r\n')
  const [statusLine, ...lines] = received.subarray(0, end).toString().split('\r\n')
  const [, status, statusText] = /^HTTP\/1\.1 (\d+) (.*)$/.exec(statusLine!)!
  const headers = new Headers(lines.map(line => line.split(/: (.*)/).slice(0, 2) as [string, string]))
  const head = { status: Number(status), statusText: statusText!, headers }
  return assertDocumented(method, path, toApiResponse(head, received.subarray(end + 4)))
}

/** Requests an absolute URL without normalizing it. */
export function follow<Id extends OperationId = never>(
  link: string | URL,
  method = 'GET',
): Promise<ApiResponse<BodyOf<Id, string, string>>> {
  const { origin, pathname, search } = new URL(link)
  return rawRequest<Id>(method, pathname + search, { baseUrl: origin })
}
