import { createServer, connect, type Socket } from 'node:net'

/** The messages that make PostgreSQL execute a statement: Query and, in the extended protocol, Execute. */
const executing = new Set(['Q', 'E'].map(letter => letter.charCodeAt(0)))

export interface DatabaseProxy {
  /** The URL of the database behind the proxy. */
  url: string
  /** Returns the number of statements since the last call. */
  takeStatementCount: () => number
  /** Drops all connections and refuses new ones. */
  disconnect: () => Promise<void>
  /** Accepts connections again. */
  reconnect: () => Promise<void>
  close: () => Promise<void>
}

/** Starts a proxy to a database that counts statements and can simulate an outage. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const folder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  let statements = 0
  const server = createServer((client) => {
    const database = folder
      ? connect(`${folder}/.s.PGSQL.5432`)
      : connect(Number(target.port || 5432), target.hostname)
    client.on('data', statementCounter(() => statements++)).pipe(database)
    database.pipe(client)
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
    takeStatementCount: () => [statements, statements = 0][0]!,
    disconnect,
    reconnect: () => listen(port),
    close: () => server.listening ? disconnect() : Promise.resolve(),
  }
}

/** Parses the messages of a client. Each starts with a type and a length, except the first, which has no type. */
function statementCounter(onExecute: () => void) {
  let pending = Buffer.alloc(0)
  let isFirst = true
  return (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      const header = isFirst ? 0 : 1
      if (pending.length < header + 4) return
      const length = header + pending.readInt32BE(header)
      if (pending.length < length) return
      if (!isFirst && executing.has(pending[0]!)) onExecute()
      isFirst = false
      pending = pending.subarray(length)
    }
  }
}
