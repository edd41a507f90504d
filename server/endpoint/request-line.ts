import type { Socket } from 'node:net'
import { setResponseHeader, type H3Event } from 'h3'
import { useLog } from '#server/runtime/log'
import { requestIdOf, traceOf, type Trace } from './correlation.ts'
import { routeOf } from './route.ts'

declare module 'h3' {
  interface H3EventContext {
    /** The id of the request, in its response and its log lines. */
    requestId: string
    trace: Trace | undefined
    /** The user of the request, once the session has proven to be alive. */
    userId: number | undefined
  }
}

/** A request whose response has ended. */
interface EndedRequest {
  method: string
  route: string
  /** Undefined if no status line has been sent. */
  status: number | undefined
  /** Whether the connection was lost before the end of the response. */
  isAborted: boolean
  /** Milliseconds. */
  duration: number
}

let listener: ((request: EndedRequest) => void) | undefined

/** Calls back whenever a response has ended. */
export function onRequestEnd(callback: NonNullable<typeof listener>): void {
  listener = callback
}

/** What all log lines of a request have. */
export const requestFields = ({ context: { requestId, trace, userId } }: H3Event) =>
  ({ request_id: requestId, ...trace, user_id: userId })

/** Gives a request its id, and logs it once its response has ended. */
export function beginRequest(event: H3Event): void {
  const { context, node: { req, res } } = event
  context.requestId = requestIdOf(req.headers)
  context.trace = traceOf(req.headers)
  setResponseHeader(event, 'X-Request-Id', context.requestId)
  const log = useLog()
  if (!listener && !log.isLevelEnabled('info')) return
  const begin = performance.now()
  res.once('close', () => {
    const { method } = event
    const route = routeOf(event)
    const status = res.headersSent ? res.statusCode : undefined
    const isAborted = !res.writableFinished
    const duration = performance.now() - begin
    log[route.startsWith('/health') ? 'debug' : 'info']({
      event: 'request',
      ...requestFields(event),
      method,
      route,
      status,
      duration_ms: Math.round(duration * 100) / 100,
      bytes: bytesSince(req.socket),
      aborted: isAborted || undefined,
    })
    listener?.({ method, route, status, isAborted, duration })
  })
}

/** The bytes that had been sent on a connection when its last response ended. */
const sentBefore = new WeakMap<Socket, number>()

/** The bytes of the response that has ended, its head included. Node.js counts them by connection. */
function bytesSince(socket: Socket): number {
  const sent = socket.bytesWritten
  const bytes = sent - (sentBefore.get(socket) ?? 0)
  sentBefore.set(socket, sent)
  return bytes
}
