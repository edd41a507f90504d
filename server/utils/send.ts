import { Readable } from 'node:stream'
import fresh from 'fresh'
import { getHeader, send, sendNoContent, sendStream, setResponseHeader, setResponseHeaders, setResponseStatus, type H3Event } from 'h3'
import parseRange from 'range-parser'
import { noSuchRange } from '#server/errors/http-error'

/** Sends a body together with its length, which the platform leaves out of an answer to HEAD. */
export function sendBody(event: H3Event, body: string | Uint8Array, type?: string): Promise<void> {
  setResponseHeader(event, 'Content-Length', Buffer.byteLength(body))
  return send(event, body, type)
}

/** Bytes that are sent as they are, or a part of them. */
export interface Download {
  size: number
  /** Reads from a byte to before another. */
  read: (from: number, to: number) => Promise<Uint8Array>
  /** Names these bytes, and no others ever: a strong entity tag, in its quotes. */
  etag: string
  headers: Record<string, string>
}

/** How much of a download is in memory at a time, in bytes. */
const pieceSize = 1024 * 1024

/**
 * Sends the whole, the range that was asked for (206), or nothing to somebody who has it already (304); see RFC 9110,
 * 13 and 14. Several ranges at once are answered with the whole, which is allowed.
 * @throws HttpError 416 for a range that is not there
 */
export async function sendDownload(event: H3Event, { size, read, etag, headers }: Download): Promise<void> {
  const { status, from, to } = partOf(event, size, etag)
  const isKnown = fresh(event.node.req.headers, { etag })
  const isEmpty = isKnown || event.method === 'HEAD' || from === to
  // Before the answer begins, so that a failure still is an answer of its own.
  const first = isEmpty ? undefined : await read(from, Math.min(from + pieceSize, to))
  // May be kept, but has to be asked for again: a link can die.
  setResponseHeaders(event, { ...headers, 'ETag': etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' })
  if (isKnown) return sendNoContent(event, 304)
  setResponseStatus(event, status)
  setResponseHeader(event, 'Content-Length', to - from)
  if (status === 206) setResponseHeader(event, 'Content-Range', `bytes ${from}-${to - 1}/${size}`)
  if (!first) return send(event)
  return sendStream(event, Readable.from(pieces(first)))

  async function* pieces(piece: Uint8Array) {
    yield piece
    for (let at = from + pieceSize; at < to; at += pieceSize) yield await read(at, Math.min(at + pieceSize, to))
  }
}

/** The part that a request wants of so many bytes: from the first to before the last. */
function partOf(event: H3Event, size: number, etag: string): { status: 200 | 206, from: number, to: number } {
  const range = getHeader(event, 'range')
  // A range of what the client knew as something else would not fit.
  const isAskedFor = range !== undefined && (getHeader(event, 'if-range') ?? etag) === etag
  const parts = isAskedFor ? parseRange(size, range) : -2
  if (parts === -1) throw noSuchRange(size)
  if (parts === -2 || parts.type !== 'bytes' || parts.length !== 1) return { status: 200, from: 0, to: size }
  return { status: 206, from: parts[0]!.start, to: parts[0]!.end + 1 }
}
