import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { ConnectionUse } from './connection-use.ts'
import { limitReads, limitStatements } from './deadlines.ts'
import { pipelineTransactions } from './pipeline-transactions.ts'
import { prepareStatements } from './prepare-statements.ts'
import { addReadConnection } from './read-connection.ts'
import { retryStatements } from './retry.ts'
import { defineStatement } from './statement.ts'

export interface ConnectionOptions {
  /** `postgres://user:password@host:port/name`. A parameter `host` names the directory of a Unix socket instead. */
  url: string
  /** Maximum number of connections, one of which is for reads. The embedded database supports exactly one. */
  poolSize: number
  /** Whether to prepare statements. Must be false behind a pooler in transaction mode. */
  prepare: boolean
  /** Milliseconds before a connection attempt, a transaction, or a statement outside a transaction times out. */
  timeout: number
  /** Milliseconds that a statement of a transaction may wait for a lock. */
  lockTimeout?: number
  /** Milliseconds after which a connection is replaced, because its memory grows with what it has prepared. */
  lifetime?: number
  /** Milliseconds without use after which a connection is closed. */
  idleTime?: number
  /** Whether it is the embedded database, which ignores requests to cancel a statement. */
  isEmbedded?: boolean
}

export type Database = ReturnType<typeof connect>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
/** The first parameter of every repository function: the database, or the transaction that the statement joins. */
export type Executor = Database | Transaction

const uses = new WeakMap<object, ConnectionUse>()

/** What uses the connections of a database that {@link connect} has returned. */
export const connectionUseOf = (db: Database): ConnectionUse => uses.get(db)!

const defaultIdleTime = 60_000
const defaultLifetime = 30 * 60_000

/** Creates a connection pool, which connects at the first statement. `db.$client.end()` closes it. */
export function connect(options: ConnectionOptions) {
  const { url, poolSize, prepare, timeout, isEmbedded = false } = options
  const { lockTimeout = timeout, lifetime = defaultLifetime, idleTime = defaultIdleTime } = options
  const idleTransactionTimeout = 2 * timeout
  const settings = {
    prepare,
    connect_timeout: timeout / 1000,
    max_lifetime: null,
    // By default, up to 20 seconds pass before the next attempt to connect, in which statements time out.
    backoff: () => 0.2,
    connection: {
      application_name: 'neptun-api',
      // The format of timestamps that json-row.ts reads.
      DateStyle: 'ISO',
      TimeZone: 'UTC',
      // A pooler in transaction mode rejects these startup parameters, so transactions set them themselves. The third
      // one ends the transactions of a process that hangs. Any other process ends its own earlier.
      ...prepare && {
        statement_timeout: timeout,
        lock_timeout: lockTimeout,
        idle_in_transaction_session_timeout: idleTransactionTimeout,
      },
    },
  }
  const deadlines = {
    timeout,
    begin: prepare
      ? 'begin'
      : `begin; set local statement_timeout = ${timeout}; set local lock_timeout = ${lockTimeout}; `
        + `set local idle_in_transaction_session_timeout = ${idleTransactionTimeout}`,
    canCancel: !isEmbedded,
  }
  const use = new ConnectionUse()
  const openPool = (max: number) => {
    const client = open(url, { ...settings, max, idle_timeout: idleTime / 1000, max_lifetime: lifetime / 1000 })
    const pipelined = pipelineTransactions(prepare ? prepareStatements(client) : client, deadlines, use.transactions)
    return limitStatements(retryStatements(pipelined), timeout, prepare, use.statements)
  }
  const wrap = (client: Sql) => {
    const db = drizzle(client)
    uses.set(db, use)
    return db
  }
  // Only prepared statements can be sent without waiting for one another.
  if (!prepare || poolSize === 1) return wrap(openPool(poolSize))
  const openReads = (onLoss: () => void) =>
    limitReads(prepareStatements(open(url, { ...settings, max: 1, onclose: onLoss })), timeout, onLoss, use.reads)
  return wrap(addReadConnection(openPool(poolSize - 1), openReads, { idleTime, lifetime }))
}

/** Creates a single connection without timeouts, for migrations and other maintenance. */
export function connectForMaintenance(url: string): Database {
  const client = open(url, { max: 1, connection: { application_name: 'neptun-api-maintenance' } })
  return drizzle(pipelineTransactions(client))
}

const selectNothing = defineStatement<never>(() => sql`select`)

/** Checks that the database answers, on the pool and on the connection for reads; rejects if it does not. */
export async function ping(db: Executor): Promise<void> {
  await Promise.all([db.execute(sql`select 1`), selectNothing(db, {})])
}

function open(url: string, options: postgres.Options<Record<never, never>>): Sql {
  // All types that we use are built in. Fetching the others would cost a statement per connection.
  const settings = { ...options, fetch_types: false, onnotice: () => {} }
  // The driver supports Unix sockets, but not in connection strings.
  if (!/[?&]host=/.test(url)) return postgres(url, settings)
  const address = new URL(url)
  const host = address.searchParams.get('host')!
  address.searchParams.delete('host')
  return postgres(address.href, { ...settings, host })
}
