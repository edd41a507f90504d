import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Starts a server that is not the API, for the duration of a test, and records the requests it receives. */
export async function startStubServer(respond: RequestListener) {
  const requests: { cookie: string | undefined }[] = []
  const server = createServer((request, response) => {
    requests.push({ cookie: request.headers.cookie })
    respond(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}
