import { defineEventHandler } from 'h3'
import { findRequestSession } from '#server/endpoint/session'

/** Makes the session available. Whether it is required is up to the contract of the endpoint. */
export default defineEventHandler((event) => {
  let session: ReturnType<typeof findRequestSession> | undefined
  // With a name of its own, it is created among the young objects: see ARCHITECTURE.md.
  const identify = () => session ??= findRequestSession(event)
  event.context.identify = identify
})
