import { drizzle } from 'drizzle-orm/postgres-js'
import postgres, { type Sql, type TransactionSql } from 'postgres'

export interface ConnectionOptions {
  /** `postgres://user:password@host:port/name`; a parameter `host` names the folder of a Unix socket instead. */
  url: string
  /** How many connections at most. The embedded database bears exactly one. */
  poolSize: number
  /** Whether a connection is ours alone, so that statements may be prepared; off behind a pooler in transaction mode. */
  prepare: boolean
  /** Milliseconds that a connection attempt, a wait for a connection, or a statement may take. */
  timeout: number
}

export type Database = ReturnType<typeof connect>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
/** What every repository function takes first: the database, or the transaction that its statement belongs to. */
export type Executor = Database | Transaction

/** Makes a pool of connections; the first statement opens the first one. `db.$client.end()` closes them all. */
export function connect({ url, poolSize, prepare, timeout }: ConnectionOptions) {
  const client = open(url, {
    max: poolSize,
    prepare,
    connect_timeout: timeout / 1000,
    idle_timeout: 60,
    connection: {
      application_name: 'neptun-api',
      TimeZone: 'UTC',
      // A pooler in transaction mode refuses a connection that begins with these.
      ...prepare && { statement_timeout: timeout, idle_in_transaction_session_timeout: timeout },
    },
  })
  return drizzle(withStatementRules(client, prepare, timeout))
}

/** Makes a single connection whose statements may take as long as they need: for migrations. */
export function connectForMaintenance(url: string): Database {
  return drizzle(open(url, { max: 1, connection: { application_name: 'neptun-api-maintenance' } }))
}

function open(url: string, options: postgres.Options<Record<never, never>>): Sql {
  // The types that we use are built in; looking up the others would cost a statement on each new connection.
  const settings = { ...options, fetch_types: false, onnotice: () => {} }
  // The driver knows Unix sockets, but not how a connection string names one.
  if (!/[?&]host=/.test(url)) return postgres(url, settings)
  const address = new URL(url)
  const host = address.searchParams.get('host')!
  address.searchParams.delete('host')
  return postgres(address.href, { ...settings, host })
}

/**
 * Gives every statement of a client, and of the transactions that it begins, two rules that the driver lacks:
 * it is prepared (drizzle leaves that out, which costs a second round trip each time), and one that finds no free
 * connection in time is taken out of the queue, where the driver would keep it for ever.
 */
function withStatementRules<Client extends Sql | TransactionSql>(client: Client, prepare: boolean, timeout: number): Client {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, settings) => {
    const query = send(text, parameters, { ...settings, prepare })
    // Statements that are under way have a state; the server's own statement_timeout ends those.
    const deadline = setTimeout(() => (query as { state?: object }).state ?? query.cancel(), timeout)
    query.catch(() => {}).finally(() => clearTimeout(deadline))
    return query
  }) as typeof send

  if ('begin' in client) {
    const begin = client.begin.bind(client)
    client.begin = ((scope: (tx: TransactionSql) => Promise<unknown>) =>
      begin(tx => scope(withStatementRules(tx, prepare, timeout)))) as typeof begin
  }
  else {
    const savepoint = client.savepoint.bind(client)
    client.savepoint = ((scope: (tx: TransactionSql) => Promise<unknown>) =>
      savepoint(tx => scope(withStatementRules(tx, prepare, timeout)))) as typeof savepoint
  }
  return client
}
