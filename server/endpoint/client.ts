import type { IncomingMessage } from 'node:http'
import { SocketAddress, type Socket } from 'node:net'
import { parseCookies, type H3Event } from 'h3'
import ipaddr from 'ipaddr.js'
import type { Client } from '#server/auth/client'
import type { Cookies } from '#server/auth/cookie'
import { useConfig } from '#server/runtime/config'
import { clientGone } from './http-error.ts'

/** The client of a request. What few handlers need is computed for them. */
export class RequestClient implements Client {
  private readonly event: H3Event
  private abortSignal: AbortSignal | undefined

  constructor(event: H3Event) {
    this.event = event
  }

  get address(): string {
    return addressOf(this.event.node.req)
  }

  get cookies(): Cookies {
    return parseCookies(this.event)
  }

  get userAgent(): string | undefined {
    return this.event.node.req.headers['user-agent']
  }

  /** @throws HttpError if it has closed the connection */
  assertConnected(): void {
    if (this.event.node.res.closed) throw clientGone()
  }

  get signal(): AbortSignal {
    if (this.abortSignal) return this.abortSignal
    const { res } = this.event.node
    const controller = new AbortController()
    const abort = () => controller.abort(clientGone())
    if (res.closed) abort()
    else res.once('close', abort)
    return this.abortSignal = controller.signal
  }
}

/**
 * The address of the client. Each trusted proxy appends that of its own client to X-Forwarded-For. The one to believe
 * is therefore counted from the right; further left is what the client has made up. Vercel sets a header of its own.
 */
export function addressOf({ headers, socket }: IncomingMessage): string {
  const { forwardedForHeader, trustedProxies } = useConfig()
  if (trustedProxies === 0) return addressOfPeer(socket)
  const reported = String(headers[forwardedForHeader] ?? '').split(',').at(-trustedProxies)?.trim()
  return networkOf(withoutPort(reported)) ?? addressOfPeer(socket)
}

const addressesOfPeers = new WeakMap<Socket, string>()

/** The address at the other end of a connection. */
function addressOfPeer(socket: Socket): string {
  const known = addressesOfPeers.get(socket)
  if (known !== undefined) return known
  const address = networkOf(socket.remoteAddress) ?? ''
  addressesOfPeers.set(socket, address)
  return address
}

/** Some proxies append the port, and then write an IPv6 address in brackets: `[2001:db8::1]:1000`. */
function withoutPort(address = ''): string {
  return SocketAddress.parse(address)?.address ?? address
}

/** An IPv4 address, or the /64 network of an IPv6 address, which one client usually has to itself. */
function networkOf(address = ''): string | undefined {
  if (!ipaddr.isValid(address)) return undefined
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return `${parsed.parts.slice(0, 4).map(part => part.toString(16)).join(':')}::/64`
}
