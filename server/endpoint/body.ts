import type { IncomingMessage, ServerResponse } from 'node:http'
import { MIMEType } from 'node:util'
import { maxJsonDepth, mebibyte } from '#server/contracts/kit/limits'
import { useConfig } from '#server/runtime/config'
import {
  incompleteBody, payloadTooLarge, requestTimeout, tooManyBodies, unsupportedMediaType, type HttpError,
} from './http-error.ts'
import { isDeeperThan } from './json-depth.ts'
import { requestBodies } from './memory-budget.ts'

/** A request and its response. */
export interface Exchange {
  req: IncomingMessage
  res: ServerResponse
}

/**
 * Reads a JSON body. A request without a body counts as an empty object.
 * @param limit bytes
 * @returns undefined if the body is not JSON in UTF-8, or nested too deeply
 * @throws HttpError 408, 413 for a larger body, 415 for another content type, 503
 */
export async function readJson(exchange: Exchange, limit: number): Promise<unknown> {
  const { req: request } = exchange
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers
  if (!type && !chunked && !Number(length ?? 0)) return {}
  const bytes = await readBytes(exchange, limit, isJson(request))
  // Parsing and validating deep JSON takes far more time than its length suggests.
  if (isDeeperThan(maxJsonDepth, bytes)) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  }
  catch {
    return undefined
  }
}

/**
 * Reads the files of a multipart form. Other fields are ignored.
 * @param limit bytes of the whole body
 * @returns undefined if the form is malformed
 * @throws HttpError 408, 413 for a larger body, 415, 503
 */
export async function readFormFiles(exchange: Exchange, limit: number): Promise<File[] | undefined> {
  const { req: request } = exchange
  const bytes = await readBytes(exchange, limit, isForm(request))
  try {
    const headers = { 'Content-Type': request.headers['content-type']! }
    const form = await new Response(bytes, { headers }).formData()
    return [...form.values()].filter(value => typeof value !== 'string')
  }
  catch {
    return undefined
  }
}

/** Whether the body is a multipart form. */
export function isForm(request: IncomingMessage): boolean {
  return mediaType(request)?.essence === 'multipart/form-data'
}

function isJson(request: IncomingMessage): boolean {
  const type = mediaType(request)
  return type?.essence === 'application/json' && /^utf-?8$/i.test(type.params.get('charset') ?? 'utf-8')
}

function mediaType(request: IncomingMessage): MIMEType | undefined {
  try {
    return new MIMEType(request.headers['content-type'] ?? '')
  }
  catch {
    return undefined
  }
}

/**
 * Reads a body and counts its bytes. Up to the configured maximum, excess bytes are read and dropped before the 413:
 * a client that closes the connection after its request could not read an earlier one. The 413 takes precedence over
 * the 415. The body has the configured time for each mebibyte.
 * @param limit bytes, at most the configured maximum
 */
function readBytes(
  { req: request, res }: Exchange,
  limit: number,
  isSupported: boolean,
): Promise<Buffer<ArrayBuffer>> {
  const { maxBodyBytes, bodyTimeout } = useConfig()
  const declaredLength = Number(request.headers['content-length'] ?? 0)
  if (declaredLength > maxBodyBytes) throw payloadTooLarge(limit)
  const isEncoded = (request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity'
  if ((!isSupported || isEncoded) && declaredLength <= limit) throw unsupportedMediaType()
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
    const deadline = setTimeout(() => reject(requestTimeout()), bodyTimeout)
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
