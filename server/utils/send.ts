import { send, setResponseHeader, type H3Event } from 'h3'

/** Sends a body together with its length, which the platform leaves out of an answer to HEAD. */
export function sendBody(event: H3Event, body: string | Uint8Array, type?: string): Promise<void> {
  setResponseHeader(event, 'Content-Length', Buffer.byteLength(body))
  return send(event, body, type)
}
