import { SessionEndedError } from '#db/errors'

/**
 * Checks that the session of a request is still alive, after something that took long.
 * @param identifyAgain looks up the session once more
 * @throws SessionEndedError
 */
export async function assertSession(identifyAgain: () => Promise<object | undefined>): Promise<void> {
  if (!await identifyAgain()) throw new SessionEndedError()
}
