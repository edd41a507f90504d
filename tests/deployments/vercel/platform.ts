import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import mime from 'mime'
import { onceOrphaned } from '../orphan.ts'
import { VercelFunction } from './function.ts'
import { readRoutes } from './routes.ts'

/**
 * Serves a build for Vercel the way the platform does: by its routes, static files first, and functions in processes of
 * their own, which may not write to the disk and are suspended between requests.
 *
 * PLATFORM_INSTANCES is the number of these processes. With NUXT_TRUSTED_PROXIES, which a function ignores, a client
 * has the address that it gives in X-Forwarded-For, so that tests can have several.
 */

const output = join(import.meta.dirname, '../../../.vercel/output')
/** https://vercel.com/docs/functions/limitations#request-body-size */
const maxBodyBytes = 4.5e6
const region = 'dev1'

const { PORT, HOST, PLATFORM_INSTANCES = '1', ...given } = process.env
const ofPlatform = { VERCEL: '1', VERCEL_REGION: region, VERCEL_URL: 'localhost', TZ: 'UTC' }
const environment: NodeJS.ProcessEnv = { ...given, ...ofPlatform }

const route = readRoutes(output)
const functions = new Map<string, VercelFunction>()
/** Several names may lead to the same function. */
function functionIn(folder: string): VercelFunction {
  const path = realpathSync(folder)
  const found = functions.get(path) ?? new VercelFunction(path, environment, Number(PLATFORM_INSTANCES))
  functions.set(path, found)
  return found
}

// Clients would be surprised by a short one while this process is busy.
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  handle(request, response).catch((error: NodeJS.ErrnoException) => {
    // The client has gone away.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET') console.error(error)
    response.destroy()
  })
})

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = `${region}::${randomUUID()}`
  response.setHeader('Server', 'Vercel').setHeader('X-Vercel-Id', id)
  const { headers, file, func } = route(request.url!.split('?')[0]!)
  if (file) return sendFile(request, response, file, headers)
  if (!func) return sendError(response, 404, 'NOT_FOUND', id)
  const body = await readBody(request)
  if (!body) return sendError(response, 413, 'FUNCTION_PAYLOAD_TOO_LARGE', id)
  const answer = await functionIn(func).invoke(request, headersFor(request, id), body)
  // The client has gone away.
  if (response.destroyed) return void answer?.resume()
  if (!answer) return sendError(response, 504, 'FUNCTION_INVOCATION_TIMEOUT', id)
  response.statusCode = answer.statusCode!
  response.statusMessage = answer.statusMessage!
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  for (const [name, values] of Object.entries(answer.headersDistinct))
    if (!['connection', 'keep-alive', 'transfer-encoding'].includes(name)) response.setHeader(name, values!)
  await pipeline(answer, response)
}

/** The headers that a function receives: those of the client, and of the platform in their place or in addition. */
function headersFor({ rawHeaders, headers, socket }: IncomingMessage, id: string): string[] {
  const given = environment.NUXT_TRUSTED_PROXIES ? String(headers['x-forwarded-for'] ?? '') : ''
  const address = given.split(',').at(-1)!.trim() || socket.remoteAddress!
  const own: Record<string, string> = {
    'x-forwarded-for': address,
    'x-vercel-forwarded-for': address,
    'x-real-ip': address,
    'x-forwarded-proto': 'http',
    'x-forwarded-host': headers.host ?? '',
    'x-vercel-id': id,
  }
  const isReplaced = (name: string) =>
    name in own || ['connection', 'content-length', 'transfer-encoding', 'expect'].includes(name)
  const kept: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (!isReplaced(rawHeaders[i]!.toLowerCase())) kept.push(rawHeaders[i]!, rawHeaders[i + 1]!)
  return [...kept, ...Object.entries(own).flat()]
}

/** Reads a whole body; undefined if it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBodyBytes) chunks.push(chunk)
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks)
}

function sendFile(
  { method, headers: { 'if-none-match': known } }: IncomingMessage,
  response: ServerResponse,
  file: string,
  headers: Record<string, string>,
): void {
  if (method !== 'GET' && method !== 'HEAD') return sendError(response, 405, 'INVALID_REQUEST_METHOD', '')
  const content = readFileSync(file)
  const etag = `"${createHash('md5').update(content).digest('hex')}"`
  const type = mime.getType(file) ?? 'application/octet-stream'
  response.setHeaders(new Map(Object.entries({ 'content-type': `${type}; charset=utf-8`, etag, ...headers })))
  response.statusCode = known === etag ? 304 : 200
  response.end(method === 'GET' && known !== etag ? content : undefined)
}

function sendError(response: ServerResponse, status: number, code: string, id: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-vercel-error': code })
    .end(`${code}\n\n${id}\n`)
}

async function stop(): Promise<void> {
  server.close().closeAllConnections()
  await Promise.all([...functions.values()].map(func => func.stop()))
  process.exit()
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
onceOrphaned(() => void stop())

await functionIn(join(output, 'functions/__fallback.func')).ready()
server.listen(Number(PORT ?? 3000), HOST ?? '127.0.0.1', () => {
  const { address, port } = server.address() as AddressInfo
  console.error(`Listening on http://${address}:${port}`)
})
