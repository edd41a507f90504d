import type { Sql } from 'postgres'

/** A query has a state as soon as it is sent. */
type Query = ReturnType<Sql['unsafe']> & { state?: object }

/**
 * Calls back if a statement is not answered in time.
 * @param timeout milliseconds
 */
export function limitTime(client: Sql, timeout: number, onTimeout: (query: Query) => void): Sql {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, options) => {
    const query = send(text, parameters, options)
    const timer = setTimeout(() => onTimeout(query), timeout)
    const clear = () => clearTimeout(timer)
    query.then(clear, clear)
    return query
  }) as typeof send
  return client
}

/**
 * Cancels a statement that finds no free connection in time. postgres.js would keep it in its queue indefinitely. Once
 * a statement is sent, the server's statement_timeout applies. Statements inside a transaction never queue, because
 * their connection is reserved. BEGIN queues, and uses this client.
 *
 * Remove when https://github.com/porsager/postgres/issues/824 is fixed.
 * @param timeout milliseconds
 */
export function limitQueueTime(client: Sql, timeout: number): Sql {
  return limitTime(client, timeout, query => query.state ?? query.cancel())
}
