import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { mebibyte } from '#server/contracts/kit/limits'
import { useConfig } from '#server/runtime/config'
import { useLog } from '#server/runtime/log'
import { isShuttingDown } from '#server/runtime/shutdown'
import { addressOf } from './client.ts'
import { expectationFailed, headersTooLarge, invalidHttp, requestTimeout, type HttpError } from './http-error.ts'
import { standardHeaders } from './response-headers.ts'
import { reportLimit } from './security-events.ts'

/** Milliseconds between two checks of Node.js for requests that take too long. */
const connectionsCheckingInterval = 500

/** The requests that a client may send on a connection without waiting for a response. */
const maxPipelinedRequests = 16

interface HttpServer {
  server: Server
  /**
   * Ends the connections on which nothing is under way. `closeIdleConnections` and `close` of Node.js also destroy
   * those whose response has not been sent to its end: https://github.com/nodejs/node/pull/43890.
   */
  endFreeConnections: () => void
}

/**
 * Creates a server that limits how long a connection may take to send a request and to receive a response, and how many
 * requests may wait on it. They take effect in their order (RFC 9112, section 9.3.2): each begins after the response to
 * the one before. What Node.js itself refuses is answered like every other error.
 */
export function createHttpServer(listener: RequestListener): HttpServer {
  const { headersTimeout, bodyTimeout, sendTimeout, maxBodyBytes } = useConfig()
  const server = createServer({
    headersTimeout,
    // For bodies that nothing reads. Those that are read have a deadline of their own: see body.ts.
    requestTimeout: headersTimeout + bodyTimeout * (1 + Math.ceil(maxBodyBytes / mebibyte)),
    connectionsCheckingInterval,
    // The middleware checks it.
    requireHostHeader: false,
  }, (request, response) => {
    const { socket } = request
    // Node.js still hands over the other requests that have arrived together with the last one. To destroy them later,
    // it would create an error with a stack for each.
    if (socket.destroyed) return void request.destroy()
    const underWay = responsesOf(socket)
    if (addTo(underWay, response) > maxPipelinedRequests) {
      reportLimit('pipelined-requests', { address: addressOf(request) })
      request.destroy()
      return
    }
    const begin = () => {
      if (socket.destroyed) return
      if (isShuttingDown()) response.setHeader('Connection', 'close')
      listener(request, response)
    }
    const previous = underWay.at(-2)
    if (previous) previous.once('close', begin)
    else begin()
  })
  const connections = new Set<Socket>()
  const responses = new WeakMap<Duplex, ServerResponse[]>()
  /** The last response on a connection, and those before it that are under way. */
  const responsesOf = (socket: Duplex) => {
    const known = responses.get(socket) ?? []
    if (known.length === 0) responses.set(socket, known)
    return known
  }
  const isFree = (socket: Duplex) => {
    const last = responses.get(socket)?.at(-1)
    return !last || (last.writableFinished && last.req.complete)
  }
  server
    .on('connection', socket => connections.add(socket.once('close', () => connections.delete(socket))))
    // Unless the client waits for the server, or its first request is late, which is a `clientError`.
    .on('timeout', (socket: Duplex) => {
      const isKept = responses.has(socket) && isFree(socket)
      if (socket.writableLength > 0 || isKept) socket.destroy()
    })
    .on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
      const error = expectationFailed()
      useLog().info({ event: 'request_refused', status: error.status })
      response.writeHead(error.status, headersOf(error)).end(bodyOf(error))
    })
    .on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
      if (isFree(socket) && socket.writable) refuse(socket, errorOf(error))
      else socket.destroy()
    })
    // Node.js waits once more if some was taken meanwhile, or at first.
    .setTimeout(sendTimeout / 2)
  return { server, endFreeConnections: () => connections.values().filter(isFree).forEach(socket => socket.end()) }
}

/** Adds a response to those on its connection, without those that have ended. Returns their number. */
function addTo(responses: ServerResponse[], response: ServerResponse): number {
  while (responses[0]?.closed) responses.shift()
  return responses.push(response)
}

function errorOf({ code }: NodeJS.ErrnoException): HttpError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTimeout()
  return code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : invalidHttp()
}

/** Answers what is not a request to Node.js, and closes the connection. */
function refuse(socket: Duplex, error: HttpError): void {
  useLog().info({ event: 'request_refused', status: error.status })
  const lines = Object.entries(headersOf(error)).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${error.status} ${error.statusMessage}`, ...lines].join('\r\n')
  socket.end(`${head}\r\n\r\n${bodyOf(error)}`, () => socket.destroy())
}

const bodyOf = (error: HttpError) => JSON.stringify(error)

const headersOf = (error: HttpError) => ({
  ...Object.fromEntries(standardHeaders()),
  'Content-Type': 'application/json',
  'Content-Length': String(Buffer.byteLength(bodyOf(error))),
  'Connection': 'close',
})
