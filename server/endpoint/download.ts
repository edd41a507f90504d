import {
  getHeader, send, sendNoContent, setResponseHeader, setResponseHeaders, setResponseStatus, type H3Event,
} from 'h3'
import parseRange from 'range-parser'
import { hasState } from './entity-tags.ts'
import { rangeNotSatisfiable, tooManyResponses } from './http-error.ts'
import { responseBodies } from './memory-budget.ts'
import { sendStream } from './send.ts'

/** Content to send unchanged, in whole or in part. */
export interface Download {
  /** Bytes. */
  size: number
  /** Reads the bytes `from` (inclusive) to `to` (exclusive). */
  read: (from: number, to: number) => Uint8Array | Promise<Uint8Array>
  /** A strong entity tag, quoted. */
  etag: string
  headers: Record<string, string>
}

/** Bytes of a download that are read at a time. */
const chunkSize = 256 * 1024

/**
 * Sends the whole content (200), the requested range (206), or nothing if the client has it already (304), as RFC 9110,
 * sections 13 and 14, define. A request for several ranges gets the whole content.
 * @throws HttpError 416 for a range outside the content, 503 if too many large responses are being sent
 */
export async function sendDownload(event: H3Event, { size, read, etag, headers }: Download): Promise<void> {
  const isFresh = hasState(event, etag)
  // A range does not matter to a client that has the content, even if there is no such range.
  const { status, from, to } = isFresh ? wholeOf(size) : selectRange(event, size, etag)
  const isEmpty = isFresh || event.method === 'HEAD' || from === to
  // Read before the status line is sent, so that a failure can still become an error response.
  const first = isEmpty ? undefined : await read(from, Math.min(from + chunkSize, to))
  if (first && !responseBodies.holdFor(event.node.res)(first.length)) throw tooManyResponses()
  setResponseHeaders(event, headers)
  setResponseHeader(event, 'ETag', etag)
  setResponseHeader(event, 'Accept-Ranges', 'bytes')
  // Caches must revalidate, because links are revoked.
  setResponseHeader(event, 'Cache-Control', 'private, no-cache')
  if (isFresh) return sendNoContent(event, 304)
  setResponseStatus(event, status)
  setResponseHeader(event, 'Content-Length', to - from)
  if (status === 206) setResponseHeader(event, 'Content-Range', `bytes ${from}-${to - 1}/${size}`)
  if (!first) return send(event)
  if (first.length === to - from) return void event.node.res.end(first)
  await sendStream(event, chunks(first))

  async function* chunks(first: Uint8Array) {
    yield first
    for (let at = from + chunkSize; at < to; at += chunkSize) yield await read(at, Math.min(at + chunkSize, to))
  }
}

const wholeOf = (size: number) => ({ status: 200, from: 0, to: size }) as const

/** A range that consists of the last bytes, and of at least one: `-500`. */
const suffix = /-(?<=[=,]\s*-)0*[1-9]\d*/g

/** The part of the content to send. */
function selectRange(event: H3Event, size: number, etag: string): { status: 200 | 206, from: number, to: number } {
  const whole = wholeOf(size)
  const range = getHeader(event, 'range')
  // A range of content that has changed since is ignored.
  if (range === undefined || (getHeader(event, 'if-range') ?? etag) !== etag) return whole
  // Every content has its last bytes, even an empty one. There is no 206 for no bytes.
  if (size === 0 && range.search(suffix) !== -1) return whole
  // The parser would reject a suffix that is longer than the content, which means all of it.
  const ranges = parseRange(size, range.replace(suffix, last => `-${Math.min(Number(last.slice(1)), size)}`))
  if (ranges === -1) throw rangeNotSatisfiable(size)
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return whole
  return { status: 206, from: ranges[0]!.start, to: ranges[0]!.end + 1 }
}
