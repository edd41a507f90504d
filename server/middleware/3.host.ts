import { defineEventHandler } from 'h3'
import { malformedHost } from '#server/errors/http-error'

const host = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i

/** Refuses a `Host` that is none, as HTTP demands (RFC 9112, 3.2): no link could begin with it. */
export default defineEventHandler(({ node: { req: { headers } } }) => {
  if (headers.host === undefined || (host.test(headers.host) && URL.canParse(`http://${headers.host}`))) return
  throw malformedHost()
})
