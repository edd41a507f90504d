import type { Sql } from 'postgres'

/** An option of `unsafe` for statements that connections should not keep prepared. */
export interface UnpreparedOption {
  isUnprepared?: boolean
}

/**
 * Makes a client prepare the statements that drizzle sends, except those marked otherwise. drizzle ignores the client's
 * `prepare` option, so each statement would be parsed again and take a second round trip.
 *
 * Remove when https://github.com/drizzle-team/drizzle-orm/issues/6096 is fixed.
 */
export function prepareStatements(client: Sql): Sql {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, options: UnpreparedOption = {}) =>
    send(text, parameters, { ...options, prepare: !options.isUnprepared })) as typeof send
  return client
}
