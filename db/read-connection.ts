import type { Sql } from 'postgres'

const readConnections = new WeakMap<Sql, Sql>()

/**
 * Gives a client a connection for reads, which are sent together and without waiting for one another. Using a
 * connection of the pool for each would cost both sides twice the CPU time: a system call per statement, and a process
 * to wake up. A read is short, so the others do not wait long for it.
 */
export function addReadConnection(client: Sql, reads: Sql): Sql {
  readConnections.set(client, reads)
  const end = client.end.bind(client)
  client.end = async options => void await Promise.all([end(options), reads.end(options)])
  return client
}

/** The client for a read: the connection for reads, or the client itself if it has none, as in a transaction. */
export function readConnectionOf(client: Sql): Sql {
  return readConnections.get(client) ?? client
}
