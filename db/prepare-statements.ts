import type { Sql } from 'postgres'
import type { Query } from './deadlines.ts'

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
  // It is sent only when it is awaited.
  findByText(Object.getPrototypeOf(send('')) as object)
  client.unsafe = ((text, parameters, options: UnpreparedOption = {}) =>
    send(text, parameters, { ...options, prepare: !options.isUnprepared })) as typeof send
  return client
}

/** What the driver calls the key of a prepared statement among those of a connection. */
const key = 'signature'

const keysOfTemplates = new WeakMap<Query, unknown>()

/**
 * Makes the driver find prepared statements by their text alone. By default, it puts the types of the values in front
 * of the text. The result is a new string each time, which V8 copies, hashes and keeps: a tenth of the CPU time of a
 * short read. The types are not needed: a text that is sent again has values of the same types, or null.
 *
 * The key of a template, whose text is in parts, stays as it is.
 * @param queries the prototype of all queries
 */
function findByText(queries: object): void {
  if (key in queries) return
  Object.defineProperty(queries, key, {
    get(this: Query) {
      return this.tagged ? keysOfTemplates.get(this) : this.strings[0]
    },
    set(this: Query, value: unknown) {
      if (this.tagged) keysOfTemplates.set(this, value)
    },
  })
}
