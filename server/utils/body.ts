import type { IncomingMessage } from 'node:http'
import { MIMEType } from 'node:util'
import { HttpError } from '#server/errors/http-error'

/**
 * Reads a JSON body. A request without any body counts as one without fields.
 * @param limit bytes
 * @returns what was sent, or undefined if it is not JSON in UTF-8
 * @throws HttpError 413 for a larger body, 415 for anything but JSON in UTF-8
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers
  if (!type && !chunked && !Number(length ?? 0)) return {}
  // Which of the two comes first is the contract's: size, then type.
  if (Number(length) > limit) throw tooLarge(limit)
  if (!isJson(type) || (request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new HttpError(415, 'The content type has to be application/json in UTF-8.')
  const bytes = await readBytes(request, limit)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  }
  catch {
    return undefined
  }
}

function isJson(type: string | undefined): boolean {
  try {
    const { essence, params } = new MIMEType(type ?? '')
    return essence === 'application/json' && /^utf-?8$/i.test(params.get('charset') ?? 'utf-8')
  }
  catch {
    return false
  }
}

/** Counts the bytes as they come. What is beyond the limit is let pass by, so that the client gets to read why. */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return chunks.push(chunk)
      request.off('data', onData).resume()
      reject(tooLarge(limit))
    }
    request
      .on('data', onData)
      .on('end', () => resolve(Buffer.concat(chunks)))
      // Whoever sent it went away: not a failure of ours.
      .on('error', () => reject(cutOff()))
      .on('close', () => reject(cutOff()))
  })
}

const cutOff = () => new HttpError(400, 'The request ended before its body did.')

const tooLarge = (limit: number) => new HttpError(413, `A request may have a body of at most ${limit} bytes.`)
