import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { loopback } from '../send.ts'

/** The end of what a socket received that is kept. */
const kept = 100

/** A connection of a slow client. */
export class SlowSocket {
  /** The beginning and the end of what has been received. */
  status = ''
  end = ''
  /** Milliseconds from the start until the connection was closed; undefined if it is open. */
  closedAfter: number | undefined
  private readonly socket: Socket
  private readonly start = performance.now()

  constructor(url: string) {
    const { hostname, port } = loopback(url)
    this.socket = connect(port, hostname)
    this.socket
      .on('data', (chunk: Buffer) => {
        this.status ||= chunk.toString('latin1', 0, 'HTTP/1.1 200'.length)
        this.end = (this.end + chunk.toString('latin1', Math.max(0, chunk.length - kept))).slice(-kept)
      })
      // The close event follows.
      .on('error', () => {})
      .on('close', () => this.closedAfter = performance.now() - this.start)
  }

  write(text: string): void {
    if (this.socket.writable) this.socket.write(text)
  }

  /** Sends a text byte by byte. */
  async drip(text: string, milliseconds: number): Promise<void> {
    for (const character of text) {
      if (!this.socket.writable) return
      this.socket.write(character)
      await setTimeout(milliseconds)
    }
  }

  /** Reads nothing from now on. */
  stall(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  destroy(): void {
    this.socket.destroy()
  }
}
