import type { IncomingMessage, ServerResponse } from 'node:http'
import { MIMEType } from 'node:util'
import type { z } from 'zod'
import { IterationQueue } from '#db/event-loop-turn'
import { mebibyte } from '#server/contracts/kit/limits'
import { useConfig } from '#server/runtime/config'
import {
  incompleteBody, payloadTooLarge, requestTimeout, tooManyBodies, unsupportedMediaType, type HttpError,
} from './http-error.ts'
import { requestBodies } from './memory-budget.ts'
import { parseForm, parseJson, parseMultipart, type ParsedBody } from './parse-body.ts'

/** A request and its response. */
export interface Exchange {
  req: IncomingMessage
  res: ServerResponse
}

/** What an endpoint takes. */
interface Accepted {
  /** Bytes of the whole body. */
  limit: number
  /** Whether it takes files, so that the body may also be a multipart form. */
  takesFiles: boolean
}

/**
 * Reads a body that is JSON or a URL-encoded form. A request without a body counts as an empty object.
 * @param schema the schema of the body
 * @throws HttpError 408, 413 for a larger body, 415 for another content type, 503
 */
export async function readFields(exchange: Exchange, schema: z.ZodType, accepted: Accepted): Promise<ParsedBody> {
  const { req: request } = exchange
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers
  if (!type && !chunked && !Number(length ?? 0)) return { value: {}, issues: [] }
  const encoding = textEncodingOf(request)
  const bytes = await readBytes(exchange, accepted, encoding !== undefined)
  return encoding === 'form' ? parseForm(bytes, schema) : parseJson(bytes)
}

/**
 * Reads the files of a multipart form. Other fields are ignored.
 * @param limit bytes of the whole body
 * @throws HttpError 408, 413 for a larger body, 415, 503
 */
export async function readFormFiles(exchange: Exchange, limit: number): ReturnType<typeof parseMultipart> {
  const { req: request } = exchange
  const bytes = await readBytes(exchange, { limit, takesFiles: true }, isMultipart(request))
  return parseMultipart(bytes, request.headers['content-type']!)
}

/** Whether the body is a multipart form. */
export function isMultipart(request: IncomingMessage): boolean {
  return mediaType(request)?.essence === 'multipart/form-data'
}

/** How the text of a body is encoded; undefined if it is not in UTF-8, or in a way that no endpoint takes. */
function textEncodingOf(request: IncomingMessage): 'json' | 'form' | undefined {
  const type = mediaType(request)
  if (!type || !/^utf-?8$/i.test(type.params.get('charset') ?? 'utf-8')) return undefined
  if (type.essence === 'application/json') return 'json'
  return type.essence === 'application/x-www-form-urlencoded' ? 'form' : undefined
}

function mediaType(request: IncomingMessage): MIMEType | undefined {
  try {
    return new MIMEType(request.headers['content-type'] ?? '')
  }
  catch {
    return undefined
  }
}

/** Bodies that began at once are late at once. To refuse them all in one go would keep others waiting. */
const lateBodies = new IterationQueue(1)

/**
 * Reads a body and counts its bytes. Up to the configured maximum, excess bytes are read and dropped before the 413:
 * a client that closes the connection after its request could not read an earlier one. The 413 takes precedence over
 * the 415. The body has the configured time for each mebibyte.
 * @param accepted with a limit that is at most the configured maximum
 * @param isSupported whether the endpoint takes the content type
 */
function readBytes(
  { req: request, res }: Exchange,
  { limit, takesFiles }: Accepted,
  isSupported: boolean,
): Promise<Buffer<ArrayBuffer>> {
  const { maxBodyBytes, bodyTimeout } = useConfig()
  const declaredLength = Number(request.headers['content-length'] ?? 0)
  if (declaredLength > maxBodyBytes) throw payloadTooLarge(limit)
  const isEncoded = (request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity'
  if ((!isSupported || isEncoded) && declaredLength <= limit) throw unsupportedMediaType(takesFiles)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const hold = requestBodies.holdFor(res)
    let size = 0
    let isRefused = false
    const refuse = (error: HttpError) => {
      isRefused = true
      chunks.length = 0
      reject(error)
    }
    const deadline = setTimeout(() => void lateBodies.next().then(() => reject(requestTimeout())), bodyTimeout)
    request
      .on('data', (chunk: Buffer) => {
        if (Math.floor(size / mebibyte) < Math.floor((size += chunk.length) / mebibyte)) deadline.refresh()
        if (size > maxBodyBytes) refuse(payloadTooLarge(limit))
        if (isRefused) return
        if (size > limit) chunks.length = 0
        else if (hold(chunk.length)) chunks.push(chunk)
        else refuse(tooManyBodies())
      })
      .on('end', () => size > limit ? reject(payloadTooLarge(limit)) : resolve(Buffer.concat(chunks)))
      // The client closed the connection.
      .on('error', () => reject(incompleteBody()))
      .on('close', () => {
        clearTimeout(deadline)
        reject(incompleteBody())
      })
  })
}
