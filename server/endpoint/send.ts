import { send, setResponseHeader, setResponseStatus, type H3Event } from 'h3'
import type { Contract } from '#server/contracts/kit/contract'

/** Sends a body with its length, which h3 omits from the response to HEAD. */
export function sendBody(event: H3Event, body: string | Uint8Array, type: string): Promise<void> {
  setResponseHeader(event, 'Content-Length', Buffer.byteLength(body))
  return send(event, body, type)
}

/** Sends a result with the status and in the shape of the contract. A result of another shape is a 500. */
export function sendResult(event: H3Event, { status, response }: Contract, result: unknown): Promise<void> {
  setResponseStatus(event, status)
  return sendBody(event, JSON.stringify(response!.parse(result)), 'application/json')
}
