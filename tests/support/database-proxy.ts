import { createServer, connect, type Socket } from 'node:net'

/** Types of messages of PostgreSQL's protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const types = {
  /** Make the server execute a statement: Query and, in the extended protocol, Execute. */
  execute: ['Q', 'E'],
  /** Make the server report that it is ready: Query and, in the extended protocol, Sync. */
  sync: ['Q', 'S'],
  ready: ['Z'],
}

export interface DatabaseProxy {
  /** The URL of the database behind the proxy. */
  url: string
  /** Returns the number of statements and of round trips since the last call. */
  takeCounts: () => { statements: number, roundTrips: number }
  /** Drops all connections and refuses new ones. */
  disconnect: () => Promise<void>
  /** Accepts connections again. */
  reconnect: () => Promise<void>
  close: () => Promise<void>
}

/** Starts a proxy to a database that counts statements and round trips, and can simulate an outage. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const folder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  let counts = { statements: 0, roundTrips: 0 }
  const server = createServer((client) => {
    const database = folder
      ? connect(`${folder}/.s.PGSQL.5432`)
      : connect(Number(target.port || 5432), target.hostname)
    // A round trip starts with a message that is sent when no answer is due.
    let due = 0
    client.on('data', messageReader({ hasStartup: true }, (type) => {
      if (types.execute.includes(type)) counts.statements++
      if (types.sync.includes(type) && due++ === 0) counts.roundTrips++
    })).pipe(database)
    database.on('data', messageReader({ hasStartup: false }, (type) => {
      // The server is also ready after the startup, which nothing has asked for.
      if (types.ready.includes(type)) due = Math.max(0, due - 1)
    })).pipe(client)
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => {
        sockets.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const disconnect = () => new Promise<void>((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
  await listen(0)
  const { port } = server.address() as { port: number }
  const url = new URL(databaseUrl)
  url.searchParams.delete('host')
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    takeCounts: () => [counts, counts = { statements: 0, roundTrips: 0 }][0]!,
    disconnect,
    reconnect: () => listen(port),
    close: () => server.listening ? disconnect() : Promise.resolve(),
  }
}

/** Reads messages. Each starts with a type and a length, except the first of a client, which has no type. */
function messageReader({ hasStartup }: { hasStartup: boolean }, onMessage: (type: string) => void) {
  let pending = Buffer.alloc(0)
  let isStartup = hasStartup
  return (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      const header = isStartup ? 0 : 1
      if (pending.length < header + 4) return
      const length = header + pending.readInt32BE(header)
      if (pending.length < length) return
      if (!isStartup) onMessage(String.fromCharCode(pending[0]!))
      isStartup = false
      pending = pending.subarray(length)
    }
  }
}
