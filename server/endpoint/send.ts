import { pipeline } from 'node:stream/promises'
import { setResponseHeader, setResponseStatus, type H3Event } from 'h3'
import type { KeyValue } from '#db/keyset'
import type { Contract } from '#server/contracts/kit/contract'
import { composeJson } from './compose-json.ts'
import { toHttpError } from './error-status.ts'
import { logFailure } from './log-failure.ts'
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
 */
export async function sendResult(
  event: H3Event,
  { status, response }: Pick<Contract, 'status' | 'response'>,
  result: unknown,
): Promise<void> {
  const { before, list, after } = composeJson(response!, result)
  setResponseStatus(event, status)
  if (!list?.first.next) return sendBody(event, before + (list?.first.rows ?? '') + after, json)
  setResponseHeader(event, 'Content-Type', json)
  if (event.method === 'HEAD') return void event.node.res.end()
  try {
    await pipeline(pagesOf(list, before, after), event.node.res)
  }
  catch (error) {
    // The connection has been destroyed, so that no client takes a part of the list for the whole.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return
    logFailure(error, event, toHttpError(error).status)
  }
}

/** The parts of a body with a list. The next page is read once the previous one has been sent. */
async function* pagesOf({ first, readAfter }: WholeList, before: string, after: string): AsyncGenerator<string> {
  yield before + first.rows
  for (let next: KeyValue[] | undefined = first.next; next;) {
    const cursor = next
    const page = await readAfter(cursor)
    if (page.rows) yield `,${page.rows}`
    next = page.next
  }
  yield after
}
