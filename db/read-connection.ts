import type { Sql } from 'postgres'

const readConnections = new WeakMap<Sql, () => Sql>()

/**
 * Gives a client a connection for reads, which are pipelined on it: each is sent without waiting for the answer to the
 * one before. Spread over the pool, they would cost both sides twice the CPU time, because each would take a system
 * call and wake up a process. Reads are short, so none delays the others for long.
 *
 * A connection that was lost is not used again: the driver does not reset all of its state, and reads might never be
 * answered, or get rows of others. See https://github.com/porsager/postgres/issues/1154. For the same reason, it is
 * replaced instead of being closed by the driver: after its lifetime or without use, once its last read is answered.
 * @param open creates a client with a single connection, and calls `onLoss` when it is lost
 * @param times milliseconds without use, and in all
 */
export function addReadConnection(
  client: Sql,
  open: (onLoss: () => void) => Sql,
  times: { idleTime: number, lifetime: number },
): Sql {
  const { idleTime, lifetime } = times
  let isEnded = false
  const openNext = (): Sql => {
    const opened = open(() => {
      if (opened !== reads || isEnded) return
      reads = openNext()
      void opened.end({ timeout: 0 })
    })
    return opened
  }
  let reads = openNext()
  let lastUse = 0
  let renewal: NodeJS.Timeout | undefined
  readConnections.set(client, () => {
    lastUse = Date.now()
    renewal ??= setTimeout(renew, Math.min(idleTime, lifetime), lastUse).unref()
    return reads
  })
  const renew = (firstUse: number) => {
    const rest = Math.min(lastUse + idleTime, firstUse + lifetime) - Date.now()
    renewal = rest > 0 ? setTimeout(renew, rest, firstUse).unref() : undefined
    if (renewal) return
    const previous = reads
    reads = openNext()
    void previous.end()
  }
  const end = client.end.bind(client)
  client.end = async (options) => {
    isEnded = true
    clearTimeout(renewal)
    await Promise.all([end(options), reads.end(options)])
  }
  return client
}

/** Whether a client has a connection for reads. */
export const hasReadConnection = (client: Sql): boolean => readConnections.has(client)

/** The client for a read: the connection for reads, or the client itself if it has none, as in a transaction. */
export function readConnectionOf(client: Sql): Sql {
  return readConnections.get(client)?.() ?? client
}
