import { defineEventHandler } from 'h3'
import { findRequestSession } from '#server/endpoint/session'

/** Makes the session available. Whether it is required is up to the contract of the endpoint. */
export default defineEventHandler((event) => {
  let session: ReturnType<typeof findRequestSession> | undefined
  event.context.identify = () => session ??= findRequestSession(event)
})
