import { connect, type Socket } from 'node:net'
import type { BenchRequest } from '../endpoints.ts'
import { headersOf } from '../send-request.ts'

/** Bytes after which a reader stops reading. */
const enough = 4096

/** Starts clients that stop reading an answer at its beginning. Returns a function that disconnects them. */
export async function startStalledReaders(url: string, request: BenchRequest, count: number): Promise<() => void> {
  const sockets = await Promise.all(Array.from({ length: count }, () => startStalledReader(new URL(url), request)))
  return () => {
    for (const socket of sockets) socket.destroy()
  }
}

function startStalledReader({ hostname, port, host }: URL, request: BenchRequest): Promise<Socket> {
  const headers = Object.entries({ Host: host, Connection: 'close', ...headersOf(request) })
    .map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve) => {
    let received = 0
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${request.method} ${request.path} HTTP/1.1\r\n${headers.join('')}\r\n`)
    })
    socket.on('data', (chunk) => {
      received += chunk.length
      if (received < enough) return
      socket.pause()
      resolve(socket)
    })
    // A server that refuses the request closes the connection, or sends less than that.
    socket.on('error', () => {}).on('close', () => resolve(socket)).setTimeout(30_000, () => resolve(socket))
  })
}
