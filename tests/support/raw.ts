import { request } from 'node:http'
import { inject } from 'vitest'
import { parse, type Answer } from './http.ts'
import { witness } from './witness.ts'

export interface RawRequest {
  headers?: Record<string, string>
  /** Sent chunk by chunk, without a declared length unless `headers` has one. */
  chunks?: (string | Uint8Array)[]
  baseUrl?: string
}

/**
 * One request whose path and headers go out as they are, where fetch would tidy them up; its answer byte for byte, which
 * has to be as documented.
 */
export function rawRequest(method: string, path: string, { headers, chunks = [], baseUrl }: RawRequest = {}): Promise<Answer> {
  const { hostname, port } = new URL(baseUrl ?? inject('baseUrl'))
  const framing = chunks.length > 0 && !headers?.['content-length'] ? { 'transfer-encoding': 'chunked' } : {}
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path, headers: { ...framing, ...headers }, agent: false }
    const sent = request(options, (answer) => {
      const { statusCode: status = 0, statusMessage: statusText = '' } = answer
      const headers = new Headers()
      for (const [name, values] of Object.entries(answer.headersDistinct)) values?.forEach(value => headers.append(name, value))
      answer.toArray().then((chunks) => {
        const bytes = Buffer.concat(chunks as Buffer[])
        resolve(witness(method, path, { status, statusText, headers, bytes, text: bytes.toString(), body: parse(bytes.toString()) }))
      }).catch(reject)
    }).on('error', reject)
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
  })
}

/** What an absolute link leads to, byte for byte. */
export function follow(link: string | URL, method = 'GET'): Promise<Answer> {
  const { origin, pathname, search } = new URL(link)
  return rawRequest(method, pathname + search, { baseUrl: origin })
}
