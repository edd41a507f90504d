import { defineEventHandler, parseCookies } from 'h3'
import { findSession, type Session } from '#db/repositories/sessions'
import { sessionTokenHash } from '#server/auth/session-cookie'
import { withDatabase } from '#server/runtime/database'

declare module 'h3' {
  interface H3EventContext {
    /** The session of the request, looked up at the first call; undefined for an anonymous caller. */
    identify: () => Promise<Session | undefined>
  }
}

/** Makes the session available. Whether it is required is up to the contract of the endpoint. */
export default defineEventHandler((event) => {
  let session: Promise<Session | undefined> | undefined
  event.context.identify = () => session ??= findSessionOf(sessionTokenHash(parseCookies(event)))
})

async function findSessionOf(tokenHash: Uint8Array | undefined): Promise<Session | undefined> {
  return tokenHash && withDatabase(db => findSession(db, tokenHash))
}
