/** The session of a client. In browsers it is a cookie that scripts cannot see, so that only its user is known. */
export class Session {
  /** The value of the session cookie. */
  token: string | undefined
  #userId: Promise<number> | undefined

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

  /** Remembers the user if a response says whose session it is, as those of sign-up, login and the check do. */
  learn(body: unknown): void {
    const { user, loggedInAt } = Object(body) as { user?: { id: number }, loggedInAt?: string }
    if (user && loggedInAt) this.#userId = Promise.resolve(user.id)
  }

  /** Takes the session from a response of the API, or drops it. */
  observe(request: { url: string, method?: string }, { headers, status, ok }: Response): void {
    for (const cookie of headers.getSetCookie()) {
      const [, value] = /^neptun-session=([^;]*)/.exec(cookie) ?? []
      if (value !== undefined) this.token = value || undefined
    }
    const mayBeOfAnotherUser = ok && request.method === 'POST' && request.url.includes('/api/auth/')
    if (status === 401 || mayBeOfAnotherUser) this.#userId = undefined
  }
}
