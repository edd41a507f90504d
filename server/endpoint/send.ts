import { send, setResponseHeader, setResponseStatus, type H3Event } from 'h3'
import type { z } from 'zod'

/** Sends a body with its length, which h3 omits from the response to HEAD. */
export function sendBody(event: H3Event, body: string | Uint8Array, type: string): Promise<void> {
  setResponseHeader(event, 'Content-Length', Buffer.byteLength(body))
  return send(event, body, type)
}

/** Sends a result with the status of the contract and in the shape of its schema. Another shape is a 500. */
export function sendResult(event: H3Event, status: number, schema: z.ZodType, result: unknown): Promise<void> {
  setResponseStatus(event, status)
  return sendBody(event, JSON.stringify(schema.parse(result)), 'application/json')
}
