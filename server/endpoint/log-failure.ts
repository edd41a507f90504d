import { inspect } from 'node:util'
import { getResponseHeader, H3Error, type H3Event } from 'h3'
import { describeQueryError } from '#db/errors'

/**
 * Logs the cause of a failure, but no values: neither those of a statement nor those of the path, which can be the
 * uuid of a share.
 * @param status the status that stands for the failure, whether or not it has been sent
 */
export function logFailure(error: unknown, event: H3Event, status: number): void {
  const cause = error instanceof H3Error ? error.cause ?? error : error
  const request = `${event.method} ${routeOf(event)} [${String(getResponseHeader(event, 'X-Request-Id'))}]`
  // Under saturation, stack traces would flood the log.
  const reason = describeQueryError(cause) ?? (status === 503 ? String(cause) : inspect(cause))
  console.error(`${request} ${printable(reason)}`)
}

/** The route of a request as the documentation writes it: `/api/users/[user_id]/chats`. */
function routeOf({ context }: H3Event): string {
  return context.matchedRoute?.path.replace(/:(\w+)/g, '[$1]') ?? '(no route)'
}

/** Characters that a terminal obeys or that change how a line reads, apart from line feeds. */
const controls = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** Escapes control characters and indents all lines but the first, so that no text can pass for an entry of its own. */
function printable(text: string): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replace(controls, escape).replaceAll('\n', '\n  ')
}
