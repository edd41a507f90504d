import { createServer, connect, type Socket } from 'node:net'

/** Frontend messages that have the server execute something: a simple query, and the Execute of the extended protocol. */
const executing = new Set(['Q', 'E'].map(letter => letter.charCodeAt(0)))

export interface Wire {
  /** The database, seen through this wire. */
  url: string
  /** The statements that went over it since the last call. */
  takeStatements: () => number
  /** Cuts it, or mends it: new connections are refused meanwhile. */
  cut: () => Promise<void>
  mend: () => Promise<void>
  close: () => Promise<void>
}

/** A wire between a server and its database that counts the statements, and can be cut. */
export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl)
  const folder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  let statements = 0
  const server = createServer((client) => {
    const database = folder ? connect(`${folder}/.s.PGSQL.5432`) : connect(Number(target.port || 5432), target.hostname)
    const count = messageCounter(() => statements++)
    client.on('data', count).pipe(database)
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
  const cut = () => new Promise<void>((resolve) => {
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
    takeStatements: () => [statements, statements = 0][0]!,
    cut,
    mend: () => listen(port),
    close: () => server.listening ? cut() : Promise.resolve(),
  }
}

/** Follows the messages of a client: the first has no type, every other one is a type and a length. */
function messageCounter(onExecute: () => void) {
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
