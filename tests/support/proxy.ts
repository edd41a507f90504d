import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { rawRequest } from './raw.ts'

export interface Proxy {
  url: string
  /** @throws AggregateError with the answers that were not as documented */
  close: () => Promise<void>
}

/**
 * Stands before the server of the run, for those who send their requests by themselves, such as curl: what they are
 * answered has to be as documented as well.
 */
export async function startProxy(): Promise<Proxy> {
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
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      if (failures.length > 0) throw new AggregateError(failures, failures.join('\n'))
    },
  }
}
