import { cookieOf } from '../send.ts'
import type { SlowSocket } from './slow-socket.ts'

/** The configured limits of the server, in seconds. A body has the time of one for each MiB. */
export const limits = { headers: 1, body: 1, send: 1, bodyMebibytes: 1 }

/** What the requests of a slow client refer to. */
export interface Target {
  /** The address that the server takes the client for. */
  address: string
  session: string
  /** The path of the chat, whose list of messages is long. */
  chat: string
  message: number
  /** The path and the query of a link to a large file. */
  download: string
}

/** Many clients that are slow in the same way. */
export interface SlowClients {
  count: number
  /** Seconds after which the server has to disconnect them. */
  limit: number
  /** What is sent. It ends when the connection is closed. */
  send: (socket: SlowSocket, target: Target) => unknown
  /** The end of a response that has been sent completely, for clients that do not read it. */
  unreadEnd?: string
}

/** The first lines of a request. The server takes each client for one with an address of its own. */
function head({ address }: Target, method: string, path: string, lines: Record<string, string>): string {
  const headers = { 'host': '127.0.0.1', 'x-forwarded-for': address, ...lines }
  return [`${method} ${path} HTTP/1.1`, ...Object.entries(headers).map(line => line.join(': ')), '', ''].join('\r\n')
}

const jsonOf = (length: number) => ({ 'content-type': 'application/json', 'content-length': String(length) })

const login = JSON.stringify({ email: 'nobody@example.com', password: 'wrong password' })
const form = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '1000000' }
const part = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'

/** The first lines of a request to append a message. */
const append = (target: Target) =>
  head(target, 'POST', `${target.chat}/messages`, { ...jsonOf(1000), ...cookieOf(target.session) })

function readNothing(socket: SlowSocket, target: Target, path: string, times = 1): void {
  const cookie = cookieOf(target.session)
  socket.stall()
  socket.write(head(target, 'GET', path, cookie).repeat(times - 1))
  socket.write(head(target, 'GET', path, { connection: 'close', ...cookie }))
}

/** The ways of being slow with a request, or with its response. */
export const slowClients: Record<string, SlowClients> = {
  'silent connections': { count: 50, limit: limits.headers, send: () => {} },
  'headers byte by byte': {
    count: 100,
    limit: limits.headers,
    send: (socket, target) => socket.drip(head(target, 'GET', '/health', { 'x-slow': 'x'.repeat(500) }), 50),
  },
  'bodies that stop': {
    count: 100,
    limit: limits.body,
    send: (socket, target) => socket.write(`${append(target)}{"message":`),
  },
  'bodies byte by byte': {
    count: 50,
    limit: limits.body,
    send: (socket, target) => {
      socket.write(append(target))
      return socket.drip(' '.repeat(500), 50)
    },
  },
  'uploads that stop': {
    count: 30,
    limit: limits.body,
    send: (socket, target) => {
      const { chat, message, session } = target
      const lines = head(target, 'POST', `${chat}/files/${message}`, { ...form, ...cookieOf(session) })
      socket.write(lines + part + 'x'.repeat(500_000))
    },
  },
  'unfinished logins': {
    count: 300,
    limit: limits.body,
    send: (socket, target) =>
      socket.write(head(target, 'POST', '/api/auth/login', jsonOf(login.length)) + login.slice(0, -1)),
  },
  'bodies that nothing reads': {
    count: 30,
    // The limits of the headers and of the largest body together.
    limit: limits.headers + limits.body * (1 + limits.bodyMebibytes),
    send: (socket, target) => socket.write(`${head(target, 'POST', '/nowhere', jsonOf(1000))}{`),
  },
  'abandoned logins': {
    count: 50,
    limit: limits.body,
    send: (socket, target) => {
      socket.write(head(target, 'POST', '/api/auth/login', jsonOf(login.length)) + login)
      setTimeout(() => socket.destroy(), 100)
    },
  },
  'unread lists of 20 MB': {
    count: 20,
    limit: limits.send,
    send: (socket, target) => readNothing(socket, target, `${target.chat}/messages`),
    unreadEnd: '\r\n0\r\n\r\n',
  },
  'unread downloads of 32 MB': {
    count: 20,
    limit: limits.send,
    send: (socket, target) => readNothing(socket, target, target.download),
    unreadEnd: 'the end',
  },
}

/** Clients that send many requests on each connection before they read a response. */
export const pipeliningClients: Record<string, SlowClients> = {
  'unread pipelined requests': {
    count: 10,
    limit: limits.send,
    send: (socket, target) => readNothing(socket, target, `${target.chat}/messages?limit=100`, 1000),
    unreadEnd: '"next_cursor":null}',
  },
}
