import { request, type Agent } from 'node:http'
import { inject } from 'vitest'
import { parse, type Answer } from './http.ts'
import { witness } from './witness.ts'

export interface RawRequest {
  headers?: Record<string, string>
  /** Sent chunk by chunk, without a declared length unless `headers` has one. */
  chunks?: (string | Uint8Array)[]
  baseUrl?: string
  /** Keeps the connection for the next request; without one, each has its own. */
  agent?: Agent | false
  /** Gives the request up. */
  signal?: AbortSignal
  /** Whether it is a request that another run may not send. */
  isByChance?: boolean
}

/**
 * One request whose path and headers go out as they are, where fetch would tidy them up; its answer byte for byte, which
 * has to be as documented.
 */
export function rawRequest(method: string, path: string, sending: RawRequest = {}): Promise<Answer> {
  const { headers, chunks = [], baseUrl, agent = false, signal, isByChance } = sending
  const { hostname, port } = new URL(baseUrl ?? inject('baseUrl'))
  const framing = chunks.length > 0 && !headers?.['content-length'] ? { 'transfer-encoding': 'chunked' } : {}
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path, headers: { ...framing, ...headers }, agent, signal }
    const sent = request(options, (answer) => {
      const { statusCode: status = 0, statusMessage: statusText = '' } = answer
      const headers = new Headers()
      for (const [name, values] of Object.entries(answer.headersDistinct)) values?.forEach(value => headers.append(name, value))
      answer.toArray().then((chunks) => {
        const bytes = Buffer.concat(chunks as Buffer[])
        const text = bytes.toString()
        resolve(witness(method, path, { status, statusText, headers, bytes, text, body: parse(text) }, isByChance))
      }).catch(reject)
    }).on('error', reject)
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
  })
}

/** The answer that bare bytes of a connection hold, which has to be as documented. */
export function readAnswer(method: string, path: string, received: Buffer): Answer {
  const end = received.indexOf('\r\n\r\n')
  const [first, ...lines] = received.subarray(0, end).toString().split('\r\n')
  const [, status, statusText] = /^HTTP\/1\.1 (\d+) (.*)$/.exec(first!)!
  const headers = new Headers(lines.map(line => line.split(/: (.*)/).slice(0, 2) as [string, string]))
  const bytes = received.subarray(end + 4)
  const text = bytes.toString()
  return witness(method, path, { status: Number(status), statusText: statusText!, headers, bytes, text, body: parse(text) })
}

/** What an absolute link leads to, byte for byte. */
export function follow(link: string | URL, method = 'GET'): Promise<Answer> {
  const { origin, pathname, search } = new URL(link)
  return rawRequest(method, pathname + search, { baseUrl: origin })
}
