import type { Sql } from 'postgres'

const readConnections = new WeakMap<Sql, Sql>()

/**
 * Gives a client a connection for reads, which are pipelined on it: each is sent without waiting for the answer to the
 * one before. Spread over the pool, they would cost both sides twice the CPU time, because each would take a system
 * call and wake up a process. Reads are short, so none delays the others for long.
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
