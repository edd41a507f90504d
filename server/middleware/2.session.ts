import { defineEventHandler } from 'h3'
import type { Session } from '#db/repositories/sessions'
import { findSessionOf } from '#server/utils/sessions'

declare module 'h3' {
  interface H3EventContext {
    /** The session of this request, looked up at the first call; undefined for nobody. */
    identify: () => Promise<Session | undefined>
  }
}

/** Makes the caller known to whoever asks, and refuses nobody: that is for the contract of each endpoint. */
export default defineEventHandler((event) => {
  let session: Promise<Session | undefined> | undefined
  event.context.identify = () => session ??= findSessionOf(event)
})
