import { once } from 'node:events'
import { connect } from 'node:net'

export interface StalledReader {
  /** Goes on reading until the connection ends, and returns everything that has been received. */
  readToEnd: () => Promise<string>
  close: () => void
}

/** Requests a path, reads the beginning of the response, and then stops reading. */
export async function stallReading(url: string, headers: Record<string, string> = {}): Promise<StalledReader> {
  const { hostname, port, host, pathname, search } = new URL(url)
  const socket = connect(Number(port), hostname)
  const received: Buffer[] = []
  socket.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => {})
  const lines = Object.entries({ host, connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`)
  socket.write([`GET ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  await once(socket, 'data')
  socket.pause()
  return {
    async readToEnd() {
      const closed = once(socket, 'close')
      socket.resume()
      await closed
      return Buffer.concat(received).toString()
    },
    close: () => socket.destroy(),
  }
}

/** Joins the chunks of a response. */
export const withoutChunks = (response: string) => response.replaceAll(/\r\n[\da-f]+\r\n/g, '')
