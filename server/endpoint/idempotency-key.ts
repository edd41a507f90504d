import { createHash } from 'node:crypto'
import type { H3Event } from 'h3'
import { maxLength } from '#db/rules'
import { invalidHeader } from './invalid-request.ts'

/** A string of RFC 8941: in double quotes, of which those inside are escaped, as are backslashes. */
const quoted = /^"((?:[!#-[\]-~]|\\["\\])*)"$/
const bare = /^[!#-~][!-~]*$/

/**
 * The `Idempotency-Key` of a request, as draft-ietf-httpapi-idempotency-key-header defines it, but also without quotes;
 * undefined if there is none.
 * @throws HttpError 400
 */
export function readIdempotencyKey({ node }: H3Event): string | undefined {
  const header = node.req.headers['idempotency-key']
  if (header === undefined) return undefined
  const given = String(header)
  const key = quoted.exec(given)?.[1]!.replaceAll(/\\(.)/g, '$1') ?? bare.exec(given)?.[0]
  if (key && key.length <= maxLength.idempotencyKey) return key
  throw invalidIdempotencyKey()
}

export const invalidIdempotencyKey = () =>
  invalidHeader('Idempotency-Key', `Must have 1 to ${maxLength.idempotencyKey} visible ASCII characters`)

/** A text that is the same for the same parsed input. Files are represented by their hashes. */
export function textOfInput(input: unknown): string {
  return JSON.stringify(withHashes(input)) ?? ''
}

function withHashes(value: unknown): unknown {
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('base64')
  if (Array.isArray(value)) return value.map(withHashes)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withHashes(item)]))
}
