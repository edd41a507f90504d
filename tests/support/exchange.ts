import { once } from 'node:events'
import { connect } from 'node:net'
import type { ApiResponse } from './http.ts'
import { parseRawResponse } from './raw.ts'
import { testServer } from './test-server.ts'

/**
 * Sends a request whose target and headers no HTTP client would send, over a socket of its own.
 * @param lines the lines of the headers
 * @throws Error if the response is not as documented
 */
export async function exchange(method: string, target: string, lines: string[]): Promise<ApiResponse> {
  const { hostname, port } = new URL(testServer().baseUrl)
  const socket = connect(Number(port), hostname)
  const received: Buffer[] = []
  socket.on('data', (chunk: Buffer) => received.push(chunk))
  socket.write([`${method} ${target} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'))
  await once(socket, 'close')
  return parseRawResponse(method, target, Buffer.concat(received))
}
