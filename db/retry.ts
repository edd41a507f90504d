import { setTimeout } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { isConflict } from './errors.ts'

/** The number of times that a transaction is tried. */
const maxAttempts = 6

/** Maximum wait before the next attempt in milliseconds. Random, so that those that collided do not collide again. */
const maxDelay = 100

const delay = () => setTimeout(Math.random() * maxDelay)

/**
 * Runs a transaction, and retries it if the database rolled it back because of another one. Then it has had no effect.
 * @param run starts the transaction, and has no other effect
 * @throws the error of the last attempt, or any other error at once
 */
export async function retryAfterConflict<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    }
    catch (error) {
      if (attempt === maxAttempts || !isConflict(error)) throw error
      await delay()
    }
  }
}

/** What the driver has inside a query. */
type Query = ReturnType<Sql['unsafe']> & {
  handler: (query: Query) => void
  reject: (error: Error) => void
  active: boolean
  state: object | null
  cancelled: unknown
}

/**
 * Makes a client retry single statements in the same way, because each is a transaction of its own. The driver sends
 * the same query again, as it does itself when a prepared statement has become invalid.
 */
export function retryStatements(client: Sql): Sql {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, options) => {
    const query = send(text, parameters, options) as unknown as Query
    const { reject } = query
    let attempt = 1
    const rejectOrRetry = (error: Error) => {
      if (attempt++ === maxAttempts || !isConflict(error)) return reject(error)
      query.active = false
      query.state = null
      void delay().then(() => query.cancelled || query.handler(query))
    }
    query.reject = rejectOrRetry
    return query
  }) as typeof send
  return client
}
