import type { Sql } from 'postgres'

/**
 * Cancels a statement that finds no free connection in time. postgres.js would keep it in its queue indefinitely.
 * Statements inside a transaction never queue, because their connection is reserved. BEGIN queues, and uses this
 * client.
 *
 * Remove when https://github.com/porsager/postgres/issues/824 is fixed.
 * @param timeout milliseconds
 */
export function limitQueueTime(client: Sql, timeout: number): Sql {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, options) => {
    const query = send(text, parameters, options)
    // A query has a state as soon as it is sent. From then on, the server's statement_timeout applies.
    const timer = setTimeout(() => (query as { state?: object }).state ?? query.cancel(), timeout)
    const clear = () => clearTimeout(timer)
    query.then(clear, clear)
    return query
  }) as typeof send
  return client
}
