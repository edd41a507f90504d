import type { IncomingMessage } from 'node:http'
import { MIMEType } from 'node:util'
import { HttpError, tooLarge, wrongType } from '#server/errors/http-error'

/**
 * Reads a JSON body. A request without any body counts as one without fields.
 * @param limit bytes
 * @returns what was sent, or undefined if it is not JSON in UTF-8
 * @throws HttpError 413 for a larger body, 415 for anything but JSON in UTF-8
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers
  if (!type && !chunked && !Number(length ?? 0)) return {}
  const bytes = await readBytes(request, limit, isJson(request))
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  }
  catch {
    return undefined
  }
}

/**
 * Reads the files of a form; its other fields are ignored.
 * @param limit bytes of the whole body
 * @returns undefined if it is no well-formed form
 * @throws HttpError 413 for a larger body
 */
export async function readFiles(request: IncomingMessage, limit: number): Promise<File[] | undefined> {
  const bytes = await readBytes(request, limit, isForm(request))
  try {
    const form = await new Response(bytes, { headers: { 'Content-Type': request.headers['content-type']! } }).formData()
    return [...form.values()].filter(value => typeof value !== 'string')
  }
  catch {
    return undefined
  }
}

/** Whether a request brings a form, such as a browser makes of an upload. */
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
 * Counts the bytes as they come. What is beyond the limit is let pass by, so that the client gets to read why. Which of
 * the two errors comes first is the contract's: size, then type.
 */
function readBytes(request: IncomingMessage, limit: number, isTypeTaken: boolean): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.headers['content-length']) > limit) throw tooLarge(limit)
  if (!isTypeTaken || (request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw wrongType()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request
      .on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= limit) return chunks.push(chunk)
        chunks.length = 0
        reject(tooLarge(limit))
      })
      .on('end', () => resolve(Buffer.concat(chunks)))
      // Whoever sent it went away: not a failure of ours.
      .on('error', () => reject(cutOff()))
      .on('close', () => reject(cutOff()))
  })
}

const cutOff = () => new HttpError(400, 'The request ended before its body did.')
