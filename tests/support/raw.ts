import { request, type IncomingHttpHeaders } from 'node:http'
import { inject } from 'vitest'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
  /** The body as JSON; undefined if it is none. */
  body: any
}

export interface RawRequest {
  headers?: Record<string, string>
  /** Sent chunk by chunk, without a declared length unless `headers` has one. */
  chunks?: (string | Uint8Array)[]
  baseUrl?: string
}

/** One request whose path and headers go out as they are, where fetch would tidy them up; its answer byte for byte. */
export function rawRequest(method: string, path: string, { headers, chunks = [], baseUrl }: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl ?? inject('baseUrl'))
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, async (answer) => {
      const bytes = Buffer.concat(await answer.toArray())
      resolve({ status: answer.statusCode!, headers: answer.headers, bytes, text: bytes.toString(), body: parse(bytes.toString()) })
    }).on('error', reject)
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
  })
}

/** What an absolute link leads to, byte for byte. */
export function follow(link: string, method = 'GET'): Promise<RawAnswer> {
  const { origin, pathname, search } = new URL(link)
  return rawRequest(method, pathname + search, { baseUrl: origin })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
