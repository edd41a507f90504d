import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll } from 'vitest'
import { rawRequest } from './raw.ts'

/**
 * Starts a proxy to the shared server for clients that send their own requests, such as curl. It checks every response
 * against the document, and fails the test file if one is not as documented.
 * @returns the URL of the proxy
 */
export async function startCheckingProxy(): Promise<string> {
  const failures: unknown[] = []
  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url = '/' } = incoming
    const headers = incoming.headers as Record<string, string>
    const response = await rawRequest(method, url, { headers, chunks: await incoming.toArray() as Buffer[] })
    outgoing.writeHead(response.status, response.statusText, [...response.headers].flat()).end(response.bytes)
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
