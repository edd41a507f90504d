import { defineEventHandler } from 'h3'
import { malformedHost } from '#server/endpoint/http-error'

const host = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i

/** The last host that was well-formed: that of nearly all requests. */
let known: string | undefined

/**
 * Rejects a malformed, repeated or missing Host header, as RFC 9112, section 3.2 requires: links start with it. Only
 * HTTP/1.0 does without.
 */
export default defineEventHandler(({ node: { req: { headers, rawHeaders, httpVersion } } }) => {
  if (isRepeated(rawHeaders)) throw malformedHost()
  if (headers.host === undefined ? httpVersion === '1.0' : isWellFormed(headers.host)) return
  throw malformedHost()
})

function isWellFormed(value: string): boolean {
  if (value === known) return true
  if (!host.test(value) || !URL.canParse(`http://${value}`)) return false
  known = value
  return true
}

/** Whether there are several Host headers, of which Node.js keeps the first. */
function isRepeated(rawHeaders: string[]): boolean {
  let count = 0
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]!.length === 4 && rawHeaders[i]!.toLowerCase() === 'host') count++
  return count > 1
}
