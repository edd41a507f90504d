import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll } from 'vitest'
import { rawRequest } from './raw.ts'

/**
 * Stands before the server of the run until the file is over, for those who send their requests by themselves, such as
 * curl: what they are answered has to be as documented as well, or else the file fails.
 * @returns its address
 */
export async function witnessedServer(): Promise<string> {
  const failures: unknown[] = []
  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url = '/' } = incoming
    const headers = incoming.headers as Record<string, string>
    const answer = await rawRequest(method, url, { headers, chunks: await incoming.toArray() as Buffer[] })
    outgoing.writeHead(answer.status, answer.statusText, [...answer.headers].flat()).end(answer.bytes)
  }
  const server = createServer((incoming, outgoing) => void forward(incoming, outgoing).catch((error) => {
    failures.push(error)
    outgoing.destroy()
  }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    if (failures.length > 0) throw new AggregateError(failures, failures.join('\n'))
  })
  const { port } = server.address() as { port: number }
  return `http://127.0.0.1:${port}`
}
