import type { Cookies } from './cookie.ts'

/** The client that sent a request. */
export interface Client {
  /** Its network address, which attempts to guess a secret are counted by. */
  readonly address: string
  readonly cookies: Cookies
  readonly userAgent: string | undefined
  /** Aborts when the client has gone away. */
  readonly signal: AbortSignal
}
