import { wait, withTimeLimit } from './abort.ts'
import { ConnectionError } from './errors.ts'
import type { NeptunOptions, RequestOptions } from './options.ts'
import { delayBeforeRetry } from './retries.ts'
import type { Session } from './session.ts'

type Init = Pick<RequestInit, 'method' | 'body' | 'credentials'> & { headers: Headers }

/** Sends requests with the session, a time limit and retries. */
export class Transport {
  readonly session: Session
  readonly #options: NeptunOptions

  constructor(options: NeptunOptions, session: Session) {
    this.#options = options
    this.session = session
  }

  /**
   * @returns the response, whatever its status. Only that of a download is still being received.
   * @throws ConnectionError if there is none
   */
  async fetch(url: string, init: Init, options: RequestOptions = {}): Promise<Response> {
    const { signal, maxRetries = this.#options.maxRetries ?? 2 } = options
    const { maxRetryDelay = 60_000 } = this.#options
    for (let retries = 0; ; retries++) {
      const outcome = await this.#try(url, init, options).catch((error: unknown) => {
        if (error instanceof ConnectionError) return error
        throw error
      })
      const delay = retries < maxRetries ? delayBeforeRetry(outcome, init, retries, maxRetryDelay) : undefined
      if (delay === undefined) {
        if (outcome instanceof ConnectionError) throw outcome
        return outcome
      }
      await wait(delay, signal)
    }
  }

  async #try(url: string, init: Init, { signal, timeout = this.#options.timeout ?? 60_000 }: RequestOptions) {
    const { fetch = (url, init) => globalThis.fetch(url, init) } = this.#options
    signal?.throwIfAborted()
    // Without the query, which signs a link to a file.
    const request = `${init.method} ${url.split('?')[0]}`
    return withTimeLimit(request, { signal, timeout }, async (signal) => {
      try {
        const response = await fetch(url, {
          credentials: 'include',
          ...init,
          headers: this.#withSession(url, init),
          // No endpoint redirects. Following a redirect could give a password or the session to another server. Not all
          // runtimes support `error`, so that a redirect is an error response instead.
          redirect: 'manual',
          signal,
        })
        if (this.#isOurs(url)) this.session.observe({ url, ...init }, response)
        // What has been received cannot be lost any more. The content of a file may be long, and is left to the caller.
        const isDownload = response.ok && response.headers.has('Content-Disposition')
        if (!isDownload) await response.clone().arrayBuffer()
        return response
      }
      catch (error) {
        signal.throwIfAborted()
        throw new ConnectionError(`No response to ${request}: ${messageOf(error)}`, { cause: error })
      }
    })
  }

  /** Browsers ignore the header, and send the cookie themselves. */
  #withSession(url: string, { headers, credentials }: Init): Headers {
    const { token } = this.session
    if (!token || credentials === 'omit' || !this.#isOurs(url)) return headers
    const all = new Headers(headers)
    all.set('Cookie', `neptun-session=${token}`)
    return all
  }

  /** Whether a URL has the origin of the API. Low-level calls may go elsewhere, and so may downloads. */
  #isOurs(url: string): boolean {
    return originOf(url) === originOf(this.#options.baseUrl)
  }
}

/** The origin of a URL, which may be relative to that of the page; undefined if there is no page. */
function originOf(url: string): string | undefined {
  const { location } = globalThis as { location?: { href: string } }
  return URL.canParse(url, location?.href) ? new URL(url, location?.href).origin : undefined
}

/** The reason for a failed `fetch`, which Node.js gives as the cause of the error. */
const messageOf = (error: unknown) => {
  const { message, cause } = Object(error) as { message?: string, cause?: { message?: string, code?: string } }
  return cause?.message || cause?.code || message
}
