import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

interface StubRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/**
 * Starts a server that is not the API, for the duration of a test, and records the requests it receives.
 * @param respond gets the number of requests before this one
 */
export async function startStubServer(respond: (response: ServerResponse, earlier: number) => void) {
  const requests: StubRequest[] = []
  const server = createServer((incoming, response) => {
    void incoming.setEncoding('utf8').toArray().then((chunks) => {
      const { method, url, headers } = incoming
      requests.push({ method: method!, url: url!, headers, body: chunks.join('') })
      respond(response, requests.length - 1)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

/** Responds with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
