/** The session of a client. In browsers it is a cookie that scripts cannot see, so that only its user is known. */
export class Session {
  /** The value of the session cookie. */
  token: string | undefined
  #userId: Promise<number> | undefined
  /** The last response that may have begun a session. */
  #beginning: Response | undefined

  constructor(token: string | undefined) {
    this.token = token
  }

  /** The id of the user. Asks for it once, also for several calls at the same time. */
  userId(ask: () => Promise<number>): Promise<number> {
    if (this.#userId) return this.#userId
    const asked = ask()
    this.#userId = asked
    asked.catch(() => {
      if (this.#userId === asked) this.#userId = undefined
    })
    return asked
  }

  /** Remembers the user from the body of a sign-up or login, unless another one has replaced its session meanwhile. */
  learn(response: Response, body: unknown): void {
    const { user } = Object(body) as { user?: { id: number } }
    if (user && response === this.#beginning) this.#userId = Promise.resolve(user.id)
  }

  /** Takes the session from a response of the API, or drops it. */
  observe(request: { url: string, method?: string }, response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [, value] = /^neptun-session=([^;]*)/.exec(cookie) ?? []
      if (value !== undefined) this.token = value || undefined
    }
    const mayBegin = response.ok && request.method === 'POST' && request.url.includes('/api/auth/')
    if (mayBegin) this.#beginning = response
    if (mayBegin || response.status === 401) this.#userId = undefined
  }
}
