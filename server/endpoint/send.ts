import { pipeline } from 'node:stream/promises'
import { setResponseHeader, setResponseStatus, type H3Event } from 'h3'
import { EventLoopTurn } from '#db/event-loop-turn'
import { charactersIn, slicesOf } from '#db/json-text'
import type { KeyValue } from '#db/keyset'
import { finishLongRead } from '#db/long-reads'
import type { JsonPage } from '#db/read'
import type { Contract } from '#server/contracts/kit/contract'
import { composeJson } from './compose-json.ts'
import { toHttpError } from './error-status.ts'
import { tooManyResponses } from './http-error.ts'
import { logFailure } from './log-failure.ts'
import { responseBodies } from './memory-budget.ts'
import type { WholeList } from './whole-list.ts'

const json = 'application/json'

/** Sends a body with its length. Node.js omits the body from the response to HEAD. */
export function sendBody(event: H3Event, body: string | Uint8Array, type: string): void {
  setResponseHeader(event, 'Content-Type', type)
  const length = Buffer.byteLength(body)
  setResponseHeader(event, 'Content-Length', length)
  // With as many bytes as characters, it is ASCII, which Node.js writes faster as Latin-1.
  if (length === body.length) event.node.res.end(body, 'latin1')
  else event.node.res.end(body)
}

/**
 * Sends a result with the status of the contract and in the shape of its response. Another shape is a 500. A list that
 * does not fit one page is streamed, without a length.
 * @throws HttpError 503 if too many large responses are being sent
 */
export async function sendResult(
  event: H3Event,
  { status, response }: Pick<Contract, 'status' | 'response'>,
  result: unknown,
): Promise<void> {
  const { before, list, after } = await composeJson(response!, result)
  const parts = [...before, ...list?.first.parts ?? [], ...list?.first.next ? [] : after]
  const first = isLong(parts) ? await finishLongRead(() => encodeInTurns(parts)) : encode(parts)
  // The client has gone away.
  if (event.node.res.closed) return
  if (!responseBodies.holdFor(event.node.res)(first.length)) throw tooManyResponses()
  setResponseStatus(event, status)
  if (!list?.first.next) return sendBody(event, first, json)
  setResponseHeader(event, 'Content-Type', json)
  if (event.method === 'HEAD') return void event.node.res.end()
  // Without the first page, which would stay in memory while the client reads it.
  const { first: { next }, readAfter } = list
  const start = typeof first === 'string' ? Buffer.from(first) : first
  return sendStream(event, pagesOf(start, next, readAfter, after))
}

/**
 * Sends a body in parts, each once the client has taken those before. If one cannot be read, the connection is
 * destroyed, so that no client takes a part of the body for the whole.
 */
export async function sendStream(event: H3Event, parts: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await pipeline(parts, event.node.res)
  }
  catch (error) {
    // The client has gone away.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return
    logFailure(error, event, toHttpError(error).status)
  }
}

/** The parts of a body with a list. The next page is read once the previous one has been sent. */
async function* pagesOf(
  start: Buffer,
  next: KeyValue[] | undefined,
  readAfter: WholeList['readAfter'],
  end: string[],
): AsyncGenerator<Buffer> {
  yield* piecesOf(start)
  while (next) {
    const page: JsonPage = await readAfter(next)
    next = page.next
    // What was left may have been deleted meanwhile.
    if (page.parts.length > 0) yield* piecesOf(await encodeInTurns([',', ...page.parts]))
  }
  yield Buffer.from(end.join(''))
}

/** Bytes that are written at a time, and are in memory twice while they are. */
const pieceSize = 256 * 1024

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize)
}

/** Whether a text takes so long to encode that others get their turn in between: milliseconds. */
const isLong = (parts: readonly string[]) => charactersIn(parts) > 512 * 1024

/**
 * Joins the parts of a text, and encodes it in UTF-8 unless it is ASCII. Each part is encoded on its own, because V8
 * stores a text with two bytes per character, and encodes it slowly, as soon as one of them needs it.
 */
function encode(parts: readonly string[]): Buffer | string {
  const length = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)
  if (length === charactersIn(parts)) return parts.join('')
  const bytes = Buffer.allocUnsafe(length)
  let end = 0
  for (const part of parts) end += bytes.write(part, end)
  return bytes
}

/** Joins the parts of a long text, and encodes it in UTF-8. */
async function encodeInTurns(parts: readonly string[]): Promise<Buffer> {
  const turn = new EventLoopTurn()
  let length = 0
  for (const piece of slicesOfAll(parts)) {
    length += Buffer.byteLength(piece)
    if (turn.isOver(piece.length)) await turn.next()
  }
  const bytes = Buffer.allocUnsafe(length)
  let end = 0
  for (const piece of slicesOfAll(parts)) {
    end += bytes.write(piece, end)
    if (turn.isOver(piece.length)) await turn.next()
  }
  return bytes
}

/** Characters that are encoded at a time. */
const sliceLength = 128 * 1024

/** The slices of the parts of a text, one part after the other. */
function* slicesOfAll(parts: readonly string[]): Generator<string> {
  for (const part of parts) yield* slicesOf(part, sliceLength)
}
