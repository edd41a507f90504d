import { once } from 'node:events'
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http'
import { connect, Server as NetServer, type AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createHttpServer } from '#server/endpoint/http-server'

async function start(listener: RequestListener) {
  const { server, endFreeConnections } = createHttpServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  const request = async () => {
    const [response] = await once(get({ port, host: '127.0.0.1', agent }), 'response') as [IncomingMessage]
    return response
  }
  return { server, endFreeConnections, request }
}

describe('endFreeConnections', () => {
  // More than the buffers of the operating system take.
  const body = Buffer.alloc(20_000_000, 'x')

  it('leaves a connection alone until its response has been sent to its end', async () => {
    const { server, endFreeConnections, request } = await start((_, response) => response.end(body))
    const closed = once(server, 'close')
    const response = await request()
    const received: Buffer[] = []
    NetServer.prototype.close.call(server)
    for await (const chunk of response) {
      endFreeConnections()
      received.push(chunk as Buffer)
      await setTimeout(1)
    }
    expect(Buffer.concat(received).length).toBe(body.length)
    endFreeConnections()
    await closed
  })

  it('ends one without a request', async () => {
    const { server, endFreeConnections, request } = await start((_, response) => response.end())
    const response = await request()
    const ended = once(response.socket, 'close')
    await response.toArray()
    await setTimeout(10)
    endFreeConnections()
    await ended
    server.close()
  })
})

describe('a connection without a request', () => {
  it('is closed after the time for which connections are kept', async () => {
    const { server } = await start((_, response) => response.end())
    server.keepAliveTimeout = 50
    // A client of Node.js would close it by itself.
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.resume().write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'close')
    server.close()
  })
})
