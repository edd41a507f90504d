import type { Sql } from 'postgres'
import { UnavailableError } from './errors.ts'

/**
 * The deadline of transactions, and of statements outside them. Whatever fails with an `UnavailableError` at its
 * deadline has had no effect:
 *
 * - What has not been sent is never sent.
 * - A transaction whose COMMIT has not been sent fails at once. COMMIT is never sent. The statement that is running is
 *   cancelled, and ROLLBACK follows.
 * - Once COMMIT, or a statement outside a transaction, has been sent, only the server knows the outcome, so its answer
 *   is awaited. The server itself cancels a statement that takes longer than this time.
 *
 * If the server gives no answer in four times the time either, the connection is dead and the outcome unknown. With
 * COMMIT, it gets up to three statements, and may take the time for each.
 */
export interface Deadlines {
  /** Milliseconds from the first wait for a connection. */
  timeout: number
  /** The command that begins a transaction. */
  begin: string
  /** Whether the server accepts requests to cancel. The embedded database ignores them. */
  canCancel: boolean
}

/** Milliseconds from the deadline until a statement that has been sent is given up. */
export const giveUpTime = (timeout: number): number => 4 * timeout

export const timeoutError = () => new UnavailableError('The database timed out.')

/** What the driver has inside a query. */
export type Query = ReturnType<Sql['unsafe']> & {
  /** Whether it comes from a template, whose text is in parts. */
  tagged: boolean
  strings: readonly string[]
  /** Set as soon as it is sent. */
  state: object | null
  /** Cancels the query: in the queue of the driver, or by a request to the server. */
  canceller: (query: Query) => Promise<void>
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/**
 * Calls back if a statement is not answered in time.
 * @param timeout milliseconds
 * @param pending contains each statement until it is answered
 */
function limitTime(
  client: Sql,
  timeout: number,
  onTimeout: (query: Query) => void,
  pending: Set<Query>,
): Sql {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, options) => {
    const query = send(text, parameters, options) as unknown as Query
    const timer = setTimeout(() => onTimeout(query), timeout)
    pending.add(query)
    const clear = () => {
      clearTimeout(timer)
      pending.delete(query)
    }
    query.then(clear, clear)
    return query
  }) as typeof send
  return client
}

/**
 * Gives statements outside transactions a deadline. postgres.js would keep a statement that finds no free connection in
 * its queue indefinitely. BEGIN queues as well, and uses this client. Statements inside a transaction never queue,
 * because their connection is reserved.
 *
 * Remove the part about the queue when https://github.com/porsager/postgres/issues/824 is fixed.
 * @param timeout milliseconds
 * @param cancelsItself whether the server cancels statements by its statement_timeout
 * @param pending contains each statement until it is answered
 */
export function limitStatements(client: Sql, timeout: number, cancelsItself: boolean, pending: Set<Query>): Sql {
  return limitTime(client, timeout, (query) => {
    if (!query.state || !cancelsItself) query.canceller(query).catch(() => {})
    const timer = setTimeout(() => query.reject(timeoutError()), giveUpTime(timeout))
    const clear = () => clearTimeout(timer)
    query.then(clear, clear)
  }, pending)
}

/**
 * Gives reads a deadline. They have no effects, so their answer is not awaited. On a connection that they share, one
 * may start late, and the server counts the time from its start.
 * @param timeout milliseconds
 * @param onLoss called if the answer has not come after twice the time either: then the connection is dead
 * @param pending contains each statement until it is answered
 */
export function limitReads(client: Sql, timeout: number, onLoss: () => void, pending: Set<Query>): Sql {
  return limitTime(client, timeout, (query) => {
    const timer = setTimeout(onLoss, timeout)
    const { reject } = query
    query.resolve = query.reject = () => clearTimeout(timer)
    reject(timeoutError())
  }, pending)
}
