import { LRUCache } from 'lru-cache'
import { NotFoundError, SessionEndedError } from '#db/errors'
import type { TokenKey } from '#db/keys'
import type { Session } from '#db/repositories/sessions'

/** The tokens whose sessions were alive when they were used last. */
const live = new LRUCache<string, true>({ max: 10_000 })

const nameOf = ({ tokenHash }: TokenKey) => Buffer.from(tokenHash).toString('latin1')

/**
 * Who a request counts for; undefined for an anonymous caller. A token counts for its user once its session has been
 * alive. Before that it counts for itself, so that nobody can take the places of others with made-up tokens.
 */
export function callerOf(token: TokenKey | undefined, session: Session | undefined): string | undefined {
  if (session) return `user ${session.user.id}`
  if (!token) return undefined
  const name = nameOf(token)
  return live.has(name) ? `user ${token.user_id}` : `token ${name}`
}

/**
 * Awaits a read, and notes whether the session of its token is alive.
 * @param onAlive called if it is
 */
export async function notingSession<Result>(
  token: TokenKey,
  reading: Promise<Result>,
  onAlive: () => void,
): Promise<Result> {
  try {
    const result = await reading
    live.set(nameOf(token), true)
    onAlive()
    return result
  }
  catch (error) {
    if (error instanceof NotFoundError) onAlive()
    if (error instanceof SessionEndedError) live.delete(nameOf(token))
    throw error
  }
}
