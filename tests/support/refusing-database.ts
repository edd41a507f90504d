import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface RefusingDatabase {
  port: number
  close: () => Promise<void>
}

/**
 * Starts a server that answers every login as PostgreSQL refuses it. A PostgreSQL server for tests may trust everybody.
 * @param code the SQLSTATE
 */
export async function startRefusingDatabase(code: string, message: string): Promise<RefusingDatabase> {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${message}`, '']
  const body = Buffer.from(fields.map(field => `${field}\0`).join(''))
  const header = Buffer.alloc(5)
  header.write('E')
  header.writeInt32BE(body.length + 4, 1)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('data', () => socket.end(Buffer.concat([header, body])))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
