import { defineEventHandler } from 'h3'
import { malformedHost } from '#server/endpoint/http-error'

const host = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i

/** Rejects a malformed Host header, as RFC 9112, section 3.2 requires: links start with it. */
export default defineEventHandler(({ node: { req: { headers } } }) => {
  if (headers.host === undefined || (host.test(headers.host) && URL.canParse(`http://${headers.host}`))) return
  throw malformedHost()
})
